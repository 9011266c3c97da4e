/** The jobs in memory, with their signers, status changes, queues and retention. */
@NullMarked
package io.github.signaturereactive.signingservice.job;

import org.jspecify.annotations.NullMarked;
