/** Posten signering in Spring Boot: what an application declares or takes part in. */
@NullMarked
package io.github.signaturereactive.spring;

import org.jspecify.annotations.NullMarked;
