/** Tests of the application: over HTTP, in a browser, on two databases, and after a kill. */
package io.github.signaturereactive.samples.webflux;
