/** Health, info, metrics and observations, for Actuator and Micrometer. */
@NullMarked
package io.github.signaturereactive.spring.actuate;

import org.jspecify.annotations.NullMarked;
