package io.github.signaturereactive.samples.webflux;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.ISpringWebFluxTemplateEngine;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Renders pages with Thymeleaf on {@link Schedulers#boundedElastic()}, because it reads files and uses the CPU. The
 * Thymeleaf views for WebFlux would render on the thread that provides the session, and there is no session here.
 */
@Component
final class TemplateRenderer {

    private static final MediaType TEXT_HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final ISpringWebFluxTemplateEngine templates;
    private final boolean demo;

    TemplateRenderer(ISpringWebFluxTemplateEngine templates, ObjectProvider<DemoSigners> signers) {
        this.templates = templates;
        this.demo = signers.getIfAvailable() != null;
    }

    /** Renders a page with status 200. */
    Mono<ResponseEntity<String>> page(String template, Map<String, Object> model) {
        return page(200, template, model);
    }

    /** Renders a page with a status. */
    Mono<ResponseEntity<String>> page(int status, String template, Map<String, Object> model) {
        return Mono.fromCallable(() -> templates.process(template, context(model)))
                .subscribeOn(Schedulers.boundedElastic())
                .map(html -> ResponseEntity.status(status)
                        .contentType(TEXT_HTML)
                        .header("Cache-Control", "no-store") // the page must be current after navigating back
                        .body(html));
    }

    /** Renders a fragment of a template. */
    Mono<String> fragment(String template, String name, Map<String, Object> model) {
        return Mono.fromCallable(() -> templates.process(template, Set.of(name), context(model)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Context context(Map<String, Object> model) {
        Map<String, Object> variables = new HashMap<>(model);
        variables.put("demo", demo);
        return new Context(Locale.ENGLISH, variables);
    }
}
