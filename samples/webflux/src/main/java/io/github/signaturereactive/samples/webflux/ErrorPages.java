package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.job.SignatureException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Mono;

/** Renders the pages for errors. */
@RestControllerAdvice
final class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private final TemplateRenderer renderer;

    ErrorPages(TemplateRenderer renderer) {
        this.renderer = renderer;
    }

    @ExceptionHandler
    Mono<ResponseEntity<String>> invalid(InvalidFormException invalid) {
        return renderer.page(invalid.status(), "new-job", Map.of("form", invalid.form()));
    }

    @ExceptionHandler
    Mono<ResponseEntity<String>> other(Exception error) {
        Problem problem = Problem.of(error);
        if (error instanceof SignatureException) {
            LOG.warn("{}", error.getMessage());
        } else if (problem.status() == 500) {
            LOG.error("A request failed", error);
        }
        return renderer.page(problem.status(), "problem", Map.of("problem", problem));
    }
}
