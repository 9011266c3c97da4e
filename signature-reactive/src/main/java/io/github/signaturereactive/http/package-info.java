/**
 * How it travels: connections, TLS, multipart, downloads, and one switch from answer to error. Internal: may change in any
 * release. Only the composition root uses {@code Exchange}, what it takes and what it gives.
 */
@NullMarked
package io.github.signaturereactive.http;

import org.jspecify.annotations.NullMarked;
