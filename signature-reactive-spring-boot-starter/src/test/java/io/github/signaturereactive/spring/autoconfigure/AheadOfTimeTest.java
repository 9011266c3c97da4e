package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.CertificateAuthorities;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.xml.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.agent.HintType;
import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RuntimeHintsAgent;
import org.springframework.aot.hint.ResourcePatternHint;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.agent.EnabledIfRuntimeHintsAgent;
import org.springframework.aot.test.agent.RuntimeHintsInvocations;
import org.springframework.aot.test.agent.RuntimeHintsRecorder;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.OverridingClassLoader;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application with ahead-of-time processing, as for a native image. */
@SuppressWarnings("removal") // The agent is deprecated in favour of GraalVM, which tests on the JVM do not have.
class AheadOfTimeTest {

    private static SigningService service;

    @BeforeAll
    static void start() {
        service = SigningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    @CompileWithForkedClassLoader
    void preparedApplicationUsesPropertiesOfRuntime() {
        TestGenerationContext generated = prepared();

        TestCompiler.forSystem().with(generated).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                TestPropertyValues.of(ServiceUnderTest.properties(service)).applyTo(context);
                initializer(compiled.getInstance(ApplicationContextInitializer.class))
                        .initialize(context);
                context.refresh();
                StepVerifier.create(context.getBean(SignatureClient.class).whoAmI())
                        .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                        .verifyComplete();
                StepVerifier.create(context.getBean(PortalClient.class).create(portalJob()))
                        .expectNextCount(1)
                        .verifyComplete();
            }
        });
    }

    @Test
    void hintsAllowBindingOfProperties() {
        RuntimeHints hints = prepared().getRuntimeHints();

        assertThat(List.of(
                        SignatureProperties.class,
                        SignatureProperties.Certificate.class,
                        SignatureProperties.Ssl.class,
                        SignatureProperties.AccessTokens.class,
                        SignatureProperties.Proxy.class,
                        SignatureProperties.Calls.class,
                        SignatureProperties.Downloads.class,
                        SignatureProperties.Polling.class,
                        SignatureProperties.Polling.Backoff.class))
                .allSatisfy(type -> assertThat(RuntimeHintsPredicates.reflection()
                                .onConstructorInvocation(type.getDeclaredConstructors()[0]))
                        .accepts(hints));
    }

    @Test
    void hintsIncludeFailureAnalyzers() {
        RuntimeHints hints = prepared().getRuntimeHints();

        assertThat(List.of(SignatureBindFailureAnalyzer.class, SignaturePropertyFailureAnalyzer.class))
                .allSatisfy(type -> assertThat(RuntimeHintsPredicates.reflection()
                                .onConstructorInvocation(type.getDeclaredConstructors()[0]))
                        .accepts(hints));
    }

    @Test
    void runtimeHintsAgentIsLoaded() {
        assertThat(RuntimeHintsAgent.isLoaded()).isTrue();
    }

    @Test
    @EnabledIfRuntimeHintsAgent
    void hintsCoverReflectionOfLibrary() throws ReflectiveOperationException {
        RuntimeHints hints = prepared().getRuntimeHints();
        Runnable library = (Runnable) new LibraryLoadedAgain()
                .loadClass(UseOfReflection.class.getName())
                .getDeclaredConstructor()
                .newInstance();

        RuntimeHintsInvocations invocations = RuntimeHintsRecorder.record(library);

        assertThat(invocations).notMatching(new RuntimeHints()).isNotEmpty();
        assertThat(invocations)
                .notMatching(hints)
                .filteredOn(invocation -> !isOfTheJdk(invocation))
                .isEmpty();
    }

    /** The library contains the same hints as GraalVM metadata, for applications without Spring. */
    @Test
    void metadataOfLibraryEqualsHints() throws IOException {
        JsonNode metadata;
        try (InputStream file = SignatureClient.class.getResourceAsStream(
                "/META-INF/native-image/io.github.signature-reactive/signature-reactive/reachability-metadata.json")) {
            metadata = JsonMapper.shared().readTree(file);
        }
        RuntimeHints hints = new RuntimeHints();
        new SignatureRuntimeHints().registerHints(hints, getClass().getClassLoader());

        assertThat(metadata.path("reflection")
                        .valueStream()
                        .map(type -> type.path("type").asString("")))
                .containsExactlyInAnyOrderElementsOf(hints.reflection()
                        .typeHints()
                        .map(type -> type.getType().getName())
                        .filter(name -> name.startsWith("io.github.signaturereactive."))
                        .toList());
        assertThat(metadata.path("resources")
                        .valueStream()
                        .map(resource -> resource.path("glob").asString("")))
                .contains("certificates/prod/*", "certificates/test/*")
                .allSatisfy(glob -> assertThat(hints.resources()
                                .resourcePatternHints()
                                .flatMap(patterns -> patterns.getIncludes().stream())
                                .map(ResourcePatternHint::getPattern))
                        .contains(glob));
    }

    /** Jackson also looks for annotations on lists and on {@link Record}, which have none. */
    private static boolean isOfTheJdk(RecordedInvocation invocation) {
        return invocation.getHintType() == HintType.REFLECTION
                && invocation.getInstance() instanceof Class<?> type
                && type.getName().startsWith("java.");
    }

    /** Loads the library and Jackson again, because the loaded classes have cached the results of reflection. */
    private static final class LibraryLoadedAgain extends OverridingClassLoader {

        LibraryLoadedAgain() {
            super(AheadOfTimeTest.class.getClassLoader());
        }

        @Override
        protected boolean isEligibleForOverriding(String className) {
            return className.startsWith("io.github.signaturereactive") || className.startsWith("tools.jackson");
        }
    }

    /** Writes every message, and reads every certificate. */
    static final class UseOfReflection implements Runnable {

        @Override
        public void run() {
            Sender sender = new Sender("123456789");
            assertThat(List.of(
                            Messages.portalJobRequest(portalJob(), sender),
                            Messages.portalJobManifest(portalJob(), sender, List.of("document.pdf")),
                            Messages.directJobRequest(directJob(), sender),
                            Messages.directJobManifest(directJob(), sender, List.of("document.pdf")),
                            Messages.directSignerUpdateRequest()))
                    .allSatisfy(message -> assertThat(message).isNotEmpty());
            assertThat(CertificateAuthorities.production().certificates()).isNotEmpty();
            assertThat(CertificateAuthorities.test().certificates()).isNotEmpty();
        }
    }

    @SuppressWarnings("unchecked") // The generated initializer has a wildcard type.
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(
            ApplicationContextInitializer<?> instance) {
        return (ApplicationContextInitializer<GenericApplicationContext>) instance;
    }

    /** Processed without properties, so properties must be read when the application starts. */
    private static TestGenerationContext prepared() {
        TestGenerationContext generated = new TestGenerationContext(AheadOfTimeTest.class);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
        generated.writeGeneratedContent();
        return generated;
    }

    private static PortalJob portalJob() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", pdf()).build()),
                        List.of(
                                PortalSigner.identifiedByEmail("signer@example.com")
                                        .build(),
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                                        .build(),
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "10987654321",
                                                Notifications.builder()
                                                        .withEmailTo("other@example.com")
                                                        .build())
                                        .build()))
                .availableFor(Duration.ofDays(30))
                .build();
    }

    private static DirectJob directJob() {
        return DirectJob.builder(
                        "Title",
                        List.of(DirectDocument.builder("Document", pdf()).build()),
                        List.of(DirectSigner.withPersonalIdentificationNumber("12345678910")
                                .build()),
                        ExitUrls.of(
                                URI.create("https://example.com/completed"),
                                URI.create("https://example.com/rejected"),
                                URI.create("https://example.com/error")))
                .build();
    }

    private static byte[] pdf() {
        return "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SslAutoConfiguration.class, SignatureAutoConfiguration.class})
    static class Application {}
}
