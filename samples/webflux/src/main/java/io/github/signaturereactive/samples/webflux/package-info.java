/** A small application of the starter: upload PDFs, have them signed, follow the status, download the result. */
@NullMarked
package io.github.signaturereactive.samples.webflux;

import org.jspecify.annotations.NullMarked;
