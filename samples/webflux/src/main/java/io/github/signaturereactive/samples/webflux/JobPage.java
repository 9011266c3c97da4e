package io.github.signaturereactive.samples.webflux;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.ISpringWebFluxTemplateEngine;

/** The page of a job, of which the part that changes is also sent on its own. */
@Component
final class JobPage {

    private final ISpringWebFluxTemplateEngine templates;
    private final boolean demo;

    JobPage(ISpringWebFluxTemplateEngine templates, ObjectProvider<DemoSigners> signers) {
        this.templates = templates;
        this.demo = signers.getIfAvailable() != null;
    }

    /** What the template needs. */
    Map<String, Object> model(SignatureJob job) {
        return Map.of("job", job, "demo", demo);
    }

    /** The part that changes, as HTML. Work for the CPU, and at first reads files. */
    String changingPart(SignatureJob job) {
        return templates.process("job", Set.of("changing"), new Context(Locale.ENGLISH, model(job)));
    }
}
