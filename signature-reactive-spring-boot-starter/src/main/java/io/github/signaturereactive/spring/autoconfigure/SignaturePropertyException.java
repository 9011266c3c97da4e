package io.github.signaturereactive.spring.autoconfigure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A property that keeps the application from starting. It never holds the value of a secret one. */
final class SignaturePropertyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String remedy;

    /**
     * Tells of a property.
     *
     * @param property its name
     * @param problem what was found, in a whole sentence
     * @param remedy what to set, in a whole sentence
     * @param cause what went wrong with it, or null
     */
    SignaturePropertyException(String property, String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.property = property;
        this.remedy = remedy;
    }

    /** Uses the value of a property, and tells which one it was if that is refused. */
    static <T> T naming(String property, String remedy, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new SignaturePropertyException(
                    property, "The value of '" + property + "' is refused: " + e.getMessage() + ".", remedy, e);
        }
    }

    /** The name of the property. */
    String property() {
        return property;
    }

    /** What to set. */
    String remedy() {
        return remedy;
    }
}
