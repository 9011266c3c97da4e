/** The application in use: over HTTP, in a browser, on two databases, and killed in the middle. */
package io.github.signaturereactive.samples.webflux;
