/** The terms of the API that the other packages share: operations, requests and responses, errors, and XML and JSON messages. */
@NullMarked
package io.github.signaturereactive.signingservice.protocol;

import org.jspecify.annotations.NullMarked;
