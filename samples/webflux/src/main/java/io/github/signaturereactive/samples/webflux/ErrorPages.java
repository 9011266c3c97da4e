package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.job.SignatureException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ContentTooLargeException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is shown instead of a page that cannot be. */
@ControllerAdvice
final class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    @ExceptionHandler
    Mono<Rendering> invalid(InvalidFormException invalid) {
        return form(invalid.form(), invalid.status());
    }

    @ExceptionHandler({DataBufferLimitException.class, ContentTooLargeException.class})
    Mono<Rendering> tooLarge() {
        return form(JobForm.empty().with(Map.of(JobForm.DOCUMENTS, Uploads.tooLarge())), 413);
    }

    @ExceptionHandler
    Mono<Rendering> other(Exception error) {
        Problem problem = Problem.of(error);
        if (error instanceof SignatureException) {
            LOG.warn("{}", error.getMessage());
        } else if (problem.status() == 500) {
            LOG.error("A request failed", error);
        }
        return page(Rendering.view("problem")
                .modelAttribute("problem", problem)
                .status(HttpStatusCode.valueOf(problem.status())));
    }

    private static Mono<Rendering> form(JobForm form, int status) {
        return page(Rendering.view("new-job").modelAttribute("form", form).status(HttpStatusCode.valueOf(status)));
    }

    private static Mono<Rendering> page(Rendering.Builder<?> page) {
        return Mono.<Rendering>fromSupplier(page::build).subscribeOn(Schedulers.boundedElastic());
    }
}
