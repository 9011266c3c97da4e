package io.github.signaturereactive.samples.webflux;

import org.springframework.boot.SpringApplication;

/** Starts the application with a signing service in the same process: the profile {@code demo}. */
public final class Demo {

    private Demo() {}

    /** Starts the application and prints its URL. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(WebFluxSample.class);
        application.setAdditionalProfiles("demo");
        var context = application.run(arguments);
        System.out.println("Open http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }
}
