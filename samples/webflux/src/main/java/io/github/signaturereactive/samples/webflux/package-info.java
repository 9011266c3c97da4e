/** A small application with the starter: upload PDFs, have them signed, watch it happen, download the result. */
@NullMarked
package io.github.signaturereactive.samples.webflux;

import org.jspecify.annotations.NullMarked;
