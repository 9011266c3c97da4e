/** What operators see: health, info, metrics and observations. Nothing else of the starter needs what this package needs. */
@NullMarked
package io.github.signaturereactive.spring.actuate;

import org.jspecify.annotations.NullMarked;
