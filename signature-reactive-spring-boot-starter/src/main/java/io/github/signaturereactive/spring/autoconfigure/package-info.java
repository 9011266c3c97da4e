/** Auto-configuration of the signature client, its properties, and what tells of mistakes in them. */
@NullMarked
package io.github.signaturereactive.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
