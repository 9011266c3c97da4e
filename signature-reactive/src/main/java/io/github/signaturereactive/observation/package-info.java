/** Observation of calls to the service, for metrics and tracing. */
@NullMarked
package io.github.signaturereactive.observation;

import org.jspecify.annotations.NullMarked;
