/** Auto-configuration of the signature client, its configuration properties, and analysis of failures at startup. */
@NullMarked
package io.github.signaturereactive.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
