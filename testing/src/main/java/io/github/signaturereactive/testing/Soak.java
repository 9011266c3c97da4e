package io.github.signaturereactive.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Marks a test that runs in a short form in every build, and in full with the Maven profile {@code soak}. */
@Tag("soak")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Soak {

    /** Whether soak tests run in full. */
    boolean FULL = Boolean.getBoolean("soak");
}
