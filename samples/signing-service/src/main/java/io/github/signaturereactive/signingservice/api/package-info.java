/** The API over HTTP, with its access control, access tokens, faults and observations. */
@NullMarked
package io.github.signaturereactive.signingservice.api;

import org.jspecify.annotations.NullMarked;
