@NullMarked
package io.github.signaturereactive.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
