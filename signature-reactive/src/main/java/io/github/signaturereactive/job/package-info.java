/**
 * The words that both flows share: documents, senders, references, levels, and the errors. Values only: nothing here
 * does I/O.
 */
@NullMarked
package io.github.signaturereactive.job;

import org.jspecify.annotations.NullMarked;
