package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.spring.UnusableStatusChangeHandlersException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Analyzes an {@link UnusableStatusChangeHandlersException}. */
final class UnusableStatusChangeHandlersFailureAnalyzer
        extends AbstractFailureAnalyzer<UnusableStatusChangeHandlersException> {

    UnusableStatusChangeHandlersFailureAnalyzer() {}

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableStatusChangeHandlersException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
