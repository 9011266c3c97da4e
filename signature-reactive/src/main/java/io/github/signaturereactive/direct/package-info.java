/**
 * Requests and responses of the direct flow, in which the sender redirects signers from its own web pages to the
 * service. The types perform no I/O.
 */
@NullMarked
package io.github.signaturereactive.direct;

import org.jspecify.annotations.NullMarked;
