@NullMarked
package io.github.signaturereactive.spring.web;

import org.jspecify.annotations.NullMarked;
