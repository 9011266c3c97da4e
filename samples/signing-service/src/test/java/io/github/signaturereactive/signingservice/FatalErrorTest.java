package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Errors that Reactor considers fatal and does not emit, such as a missing class. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FatalErrorTest {

    private static final String JOBS = "/123456789/portal/signature-jobs";

    private final FailingClock clock = new FailingClock();
    private final AtomicReference<Function<JobSnapshot, GeneratedDocument>> pades =
            new AtomicReference<>(job -> GeneratedDocument.ofSize(1));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private SigningService service;
    private RawClient client;

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        service = SigningService.builder()
                .clock(clock)
                .pades(job -> pades.get().apply(job))
                .start();
        client = RawClient.of(service);
    }

    @AfterEach
    void close() {
        service.close();
        logger.detachAppender(log);
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"CREATE", "POLL", "CONFIRM", "CANCEL"})
    void apiAnswersInternalError(Operation operation) {
        clock.failAt(operation);
        byte[] bundle =
                TestBundle.by(service.clientCertificate(), Instant.now()).zip();

        RawClient.Answered answer = switch (operation) {
            case CREATE -> client.create(bundle);
            case CONFIRM -> client.post(JOBS + "/1/confirmations/1");
            case CANCEL -> client.post(JOBS + "/1/cancel");
            default -> client.get(JOBS);
        };

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.errorCode()).isEqualTo("INTERNAL_ERROR");
        assertLogged();
        assertThat(client.get("/123456789").status()).isEqualTo(200);
    }

    @Test
    void downloadAnswersInternalErrorAndWorksAgain() {
        String url = padesUrl();
        pades.set(job -> {
            throw new NoClassDefFoundError("org/example/Missing");
        });

        assertThat(client.get(url).status()).isEqualTo(500);

        assertLogged();
        pades.set(job -> GeneratedDocument.ofSize(3));
        assertThat(client.get(url).body()).hasSize(3);
    }

    @Test
    void errorDuringDownloadEndsConnection() {
        String url = padesUrl();
        pades.set(job -> new GeneratedDocument(
                100_000, Flux.concat(GeneratedDocument.ofSize(50_000).content(), Flux.generate(sink -> {
                    throw new NoClassDefFoundError("org/example/Missing");
                }))));

        assertThatThrownBy(() -> client.get(url)).hasMessageContaining("prematurely");

        assertLogged();
    }

    @Test
    void controlApiAndPagesAnswerInternalError() throws Exception {
        long job = createJob();
        URI page = service.jobs().signingUrl(job, SignerSelector.at(0));

        clock.failNext();
        assertThat(status("POST", service.controlUrl().resolve("/jobs/" + job + "/expire")))
                .isEqualTo(500);
        HttpResponse<String> signing =
                browser().send(HttpRequest.newBuilder(page).build(), bodyOf());
        clock.failNext();
        assertThat(status("GET", signing.uri())).isEqualTo(500);

        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .hasSize(2);
    }

    private void assertLogged() {
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .extracting(event -> ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .asString()
                .contains("NoClassDefFoundError: org/example/Missing");
    }

    private long createJob() {
        byte[] bundle =
                TestBundle.by(service.clientCertificate(), Instant.now()).zip();
        assertThat(client.create(bundle).status()).isEqualTo(200);
        return service.jobs().latest().id();
    }

    private String padesUrl() {
        service.jobs().signAll(createJob());
        return client.get(JOBS).element("pades-url");
    }

    private static int status(String method, URI url) throws Exception {
        return browser()
                .send(
                        HttpRequest.newBuilder(url)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        bodyOf())
                .statusCode();
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private static HttpResponse.BodyHandler<String> bodyOf() {
        return HttpResponse.BodyHandlers.ofString(UTF_8);
    }

    /** A clock that throws an error in a chosen operation of the service. */
    private static final class FailingClock extends Clock {

        private final AtomicBoolean failing = new AtomicBoolean();
        private final AtomicReference<String> method = new AtomicReference<>("");

        void failNext() {
            failing.set(true);
        }

        void failAt(Operation operation) {
            method.set(
                    switch (operation) {
                        case CONFIRM -> "confirm";
                        case CANCEL -> "cancel";
                        case POLL -> "poll";
                        default -> "create";
                    });
        }

        @Override
        public Instant instant() {
            String wanted = method.get();
            if (failing.compareAndSet(true, false) || (!wanted.isEmpty() && isCalledBy(wanted))) {
                method.set("");
                throw new NoClassDefFoundError("org/example/Missing");
            }
            return Instant.now();
        }

        private static boolean isCalledBy(String method) {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().matches(".*\\.(JobOperations|JobStore)")
                                    && frame.getMethodName().equals(method)));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
