package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Something that goes wrong with one request. There are three kinds: an answer given <em>instead</em> of processing the
 * request (which is read to its end, so that a client gets to see the answer), a <em>changed</em> answer to a request that
 * was processed, and an <em>end</em> of the connection.
 */
public abstract class Fault {

    static final Fault NONE = new Fault("none") {};

    private final String name;

    private Fault(String name) {
        this.name = name;
    }

    Flux<ByteBuf> request(Flux<ByteBuf> content, Exchange exchange) {
        return content;
    }

    Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
        return processing;
    }

    /**
     * This fault, and another one to the answer it makes: {@code Fault.status(503).and(Fault.latency(…))}. An answer that is
     * given instead of processing has to come first.
     */
    public Fault and(Fault other) {
        Fault self = this;
        return new Fault(name + " and " + other.name) {
            @Override
            Flux<ByteBuf> request(Flux<ByteBuf> content, Exchange exchange) {
                return other.request(self.request(content, exchange), exchange);
            }

            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                return other.answer(self.answer(processing, exchange), exchange);
            }
        };
    }

    /** The request is processed first, and what it would have been answered is thrown away. */
    public Fault afterProcessing() {
        Fault self = this;
        return new Fault(name + " after processing") {
            @Override
            Flux<ByteBuf> request(Flux<ByteBuf> content, Exchange exchange) {
                return self.request(content, exchange);
            }

            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                // What would have been read already cannot be read again: only the answer is of interest.
                return processing.flatMap(answer -> self.replacement());
            }
        };
    }

    Mono<Answer> replacement() {
        throw new IllegalStateException(name + " is no answer: it cannot come after processing");
    }

    /** The answer, whatever it is, comes that much later; the request is processed at once. */
    public static Fault latency(Duration duration) {
        return new Fault("latency of " + duration) {
            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                return processing.delayElement(duration);
            }
        };
    }

    /** A status without a body, instead. */
    public static Fault status(int status) {
        return instead("status " + status, Answer.empty(status));
    }

    /** A status with the service's {@code error}, instead. */
    public static Fault error(int status, String code, String message) {
        return instead("error " + status + " " + code, Answer.xml(status, ErrorMessage.write(code, message)));
    }

    /** A page as proxies make them, {@code text/html}, instead. */
    public static Fault htmlPage(int status) {
        String page = "<html><head><title>" + status + "</title></head><body><h1>Sorry</h1><hr></body></html>";
        return instead(
                "HTML page " + status,
                Answer.of(status, "text/html; charset=iso-8859-1", Body.of(page.getBytes(US_ASCII))));
    }

    /** The rate limiter's 429, with the header {@code DoSFilter} and no body, instead. */
    public static Fault dosFilter() {
        return instead("DoSFilter", Answer.empty(429).with("DoSFilter", "blocked"));
    }

    /** A 429 that does not say when to come back, instead. */
    public static Fault tooManyRequests() {
        return instead("429 without a time", Answer.empty(429));
    }

    /** A 429 that says when to come back, at any text, instead. */
    public static Fault tooManyRequests(String permittedPollTime) {
        return instead(
                "429 until " + permittedPollTime,
                Answer.empty(429).with(Answer.PERMITTED_POLL_TIME, permittedPollTime));
    }

    /** The answer without one of its headers; nothing happens to an answer that has no such header. */
    public static Fault withoutHeader(String header) {
        return changed("without " + header, answer -> answer.without(header));
    }

    /** The answer without {@code X-Next-permitted-poll-time}. */
    public static Fault withoutPermittedPollTime() {
        return withoutHeader(Answer.PERMITTED_POLL_TIME);
    }

    /** The answer with another value of a header, {@code Date} included. */
    public static Fault header(String header, String value) {
        return changed(header + ": " + value, answer -> answer.with(header, value));
    }

    /** The answer with any text as its {@code X-Next-permitted-poll-time}. */
    public static Fault permittedPollTime(String value) {
        return header(Answer.PERMITTED_POLL_TIME, value);
    }

    /** As if the service's clock were that much ahead: {@code Date} and the permitted poll time of the answer are. */
    public static Fault wrongClock(Duration ahead) {
        return changed("clock ahead by " + ahead, answer -> {
            Answer dated = answer.skewed(ahead);
            String time = answer.headers().get(Answer.PERMITTED_POLL_TIME);
            return time == null
                    ? dated
                    : dated.with(
                            Answer.PERMITTED_POLL_TIME,
                            OffsetDateTime.parse(time)
                                    .plus(ahead)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toString());
        });
    }

    /** The answer with another body, sent as {@code application/xml} whatever it is. */
    public static Fault body(String text) {
        return changed(
                "another body",
                answer -> answer.with(Body.of(text.getBytes(UTF_8))).with(Answer.CONTENT_TYPE, "application/xml"));
    }

    /** The answer with a body that begins as XML and is none, sent as {@code application/xml}. */
    public static Fault garbage() {
        return body(
                "<portal-signature-job-status-change-response xmlns=\"http://signering.posten.no/sch\u0000\u0001 <<");
    }

    /** The answer's body followed by so many blanks that it is this long: well-formed still, if it was. */
    public static Fault hugeBody(long bytes) {
        return changed("a body of " + bytes + " bytes", answer -> answer.with(padded(answer.body(), bytes)));
    }

    /** The connection is reset as soon as the request's head has been received; nothing is processed. */
    public static Fault resetBeforeRequestBody() {
        return new Fault("reset before the request's body") {
            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                return exchange.reset().then(Mono.never());
            }
        };
    }

    /** The connection is reset when that much of the request's body has been received; nothing is processed. */
    public static Fault resetDuringRequestBody(long afterBytes) {
        return new Fault("reset after " + afterBytes + " bytes of the request's body") {
            @Override
            Flux<ByteBuf> request(Flux<ByteBuf> content, Exchange exchange) {
                AtomicLong received = new AtomicLong();
                return content.doOnNext(buffer -> received.addAndGet(buffer.readableBytes()))
                        .concatMap(
                                buffer -> received.get() >= afterBytes
                                        ? exchange.reset().then(Mono.<ByteBuf>never())
                                        : Mono.just(buffer),
                                0);
            }
        };
    }

    /** The connection is reset when the request has been received in full and processed; no answer is sent. */
    public static Fault resetAfterRequest() {
        return new Fault("reset after the request") {
            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                return processing.then(exchange.reset()).then(Mono.never());
            }
        };
    }

    /** The connection is reset when the answer's head and that much of its body have been sent. */
    public static Fault resetDuringAnswer(long afterBytes) {
        return changed(
                "reset after " + afterBytes + " bytes of the answer",
                answer -> answer.ending(new Answer.Ending(afterBytes, true)));
    }

    /** The connection is closed in good order when the answer's head and that much of its body have been sent. */
    public static Fault cutAnswer(long afterBytes) {
        return changed(
                "cut after " + afterBytes + " bytes of the answer",
                answer -> answer.ending(new Answer.Ending(afterBytes, false)));
    }

    /** The answer is sent in full and the connection closed, without having said so. */
    public static Fault closeAfterAnswer() {
        return changed("closed after the answer", answer -> answer.ending(new Answer.Ending(Long.MAX_VALUE, false)));
    }

    private static Fault instead(String name, Answer answer) {
        return new Fault(name) {
            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                return exchange.received().then(replacement());
            }

            @Override
            Mono<Answer> replacement() {
                return Mono.just(answer);
            }
        };
    }

    private static Fault changed(String name, UnaryOperator<Answer> change) {
        return new Fault(name) {
            @Override
            Mono<Answer> answer(Mono<Answer> processing, Exchange exchange) {
                return processing.map(change);
            }
        };
    }

    private static Body padded(Body body, long bytes) {
        long missing = Math.max(0, bytes - body.length());
        byte[] blanks = new byte[16 * 1024];
        Arrays.fill(blanks, (byte) ' ');
        Flux<ByteBuf> padding = Flux.generate(() -> missing, (left, sink) -> {
            if (left == 0) {
                sink.complete();
                return left;
            }
            int length = (int) Math.min(left, blanks.length);
            sink.next(Unpooled.wrappedBuffer(blanks, 0, length));
            return left - length;
        });
        return new Body(body.length() + missing, body.content().concatWith(padding));
    }

    /** What goes wrong. */
    @Override
    public String toString() {
        return name;
    }
}
