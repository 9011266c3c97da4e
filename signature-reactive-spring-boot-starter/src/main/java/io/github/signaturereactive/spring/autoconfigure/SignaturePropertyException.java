package io.github.signaturereactive.spring.autoconfigure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thrown when a property that is missing or invalid prevents startup. The message never contains the value of a secret property. */
final class SignaturePropertyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param property the name of the property
     * @param problem the description of the failure, as complete sentences
     * @param remedy the action to take, as complete sentences
     * @param cause the cause, or null
     */
    SignaturePropertyException(String property, String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.property = property;
        this.remedy = remedy;
    }

    /** Returns the result of a supplier, and translates an {@link IllegalArgumentException} to an exception for the property. */
    static <T> T naming(String property, String remedy, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new SignaturePropertyException(
                    property, "The value of '" + property + "' is invalid: " + e.getMessage() + ".", remedy, e);
        }
    }

    /** Returns the name of the property. */
    String property() {
        return property;
    }

    /** Returns the action to take. */
    String remedy() {
        return remedy;
    }
}
