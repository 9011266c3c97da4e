package io.github.signaturereactive;

import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import java.util.Objects;
import java.util.function.Predicate;

/** The errors that tests expect. */
final class Errors {

    private Errors() {}

    static Predicate<Throwable> precondition(PreconditionException.Reason reason) {
        return error -> error instanceof PreconditionException failed && failed.reason() == reason;
    }

    static Predicate<Throwable> refusal(int status, String code) {
        return error -> error instanceof UnexpectedResponseException refused
                && refused.httpStatus() == status
                && Objects.equals(refused.errorCode(), code);
    }
}
