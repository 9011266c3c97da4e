/** Posten signering in Spring Boot: handlers of status changes and their pollers, customizers and connection details. */
@NullMarked
package io.github.signaturereactive.spring;

import org.jspecify.annotations.NullMarked;
