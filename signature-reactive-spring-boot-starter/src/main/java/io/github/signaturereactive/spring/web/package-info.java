/** Signed documents in responses of WebFlux. */
@NullMarked
package io.github.signaturereactive.spring.web;

import org.jspecify.annotations.NullMarked;
