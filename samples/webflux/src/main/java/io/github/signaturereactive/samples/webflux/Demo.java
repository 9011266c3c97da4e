package io.github.signaturereactive.samples.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** The application with everything on this machine: the profile {@code demo}, and the address to open. */
public final class Demo {

    private Demo() {}

    /** Starts it. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(WebFluxSample.class);
        application.setAdditionalProfiles("demo");
        application.addListeners((ApplicationListener<ReactiveWebServerInitializedEvent>) started -> System.out.println(
                "Open http://localhost:" + started.getWebServer().getPort()));
        application.run(arguments);
    }
}
