/**
 * What is said and heard in the direct flow, where signers are sent to the service from the sender's own pages. Values only.
 */
@NullMarked
package io.github.signaturereactive.direct;

import org.jspecify.annotations.NullMarked;
