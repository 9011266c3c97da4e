package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.protocol.Body;
import io.github.signaturereactive.signingservice.protocol.ErrorMessage;
import io.github.signaturereactive.signingservice.protocol.Response;
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
 * A fault for one request. There are three kinds. A response can be sent <em>instead</em> of processing the request,
 * after the request has been read to its end. The response to a processed request can be <em>changed</em>. The
 * connection can <em>end</em>.
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

    Mono<Response> response(Mono<Response> processing, Exchange exchange) {
        return processing;
    }

    /**
     * Returns this fault followed by another one that applies to its response: {@code
     * Fault.status(503).and(Fault.latency(…))}. A fault that replaces the response must come first.
     */
    public Fault and(Fault other) {
        Fault self = this;
        return new Fault(name + " and " + other.name) {
            @Override
            Flux<ByteBuf> request(Flux<ByteBuf> content, Exchange exchange) {
                return other.request(self.request(content, exchange), exchange);
            }

            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
                return other.response(self.response(processing, exchange), exchange);
            }
        };
    }

    /** Returns a fault that first processes the request, and then replaces the response. */
    public Fault afterProcessing() {
        Fault self = this;
        return new Fault(name + " after processing") {
            @Override
            Flux<ByteBuf> request(Flux<ByteBuf> content, Exchange exchange) {
                return self.request(content, exchange);
            }

            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
                // The body has been read by the processing and cannot be read again, so only the response is replaced.
                return processing.flatMap(response -> self.replacement());
            }
        };
    }

    Mono<Response> replacement() {
        throw new IllegalStateException(name + " does not replace the response, so it cannot come after processing");
    }

    /** Returns a fault that delays the response by this time. The request is processed without delay. */
    public static Fault latency(Duration duration) {
        return new Fault("latency of " + duration) {
            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
                return processing.delayElement(duration);
            }
        };
    }

    /** Returns a fault that sends a status without a body instead of processing the request. */
    public static Fault status(int status) {
        return instead("status " + status, Response.empty(status));
    }

    /** Returns a fault that sends a status with the service's {@code error} instead of processing the request. */
    public static Fault error(int status, String code, String message) {
        return instead("error " + status + " " + code, Response.xml(status, ErrorMessage.write(code, message)));
    }

    /** Returns a fault that sends a {@code text/html} page like one of a proxy instead of processing the request. */
    public static Fault htmlPage(int status) {
        String page = "<html><head><title>" + status + "</title></head><body><h1>Sorry</h1><hr></body></html>";
        return instead(
                "HTML page " + status,
                Response.of(status, "text/html; charset=iso-8859-1", Body.of(page.getBytes(US_ASCII))));
    }

    /**
     * Returns a fault that sends the rate limiter's 429, with the header {@code DoSFilter} and no body, instead of
     * processing the request.
     */
    public static Fault dosFilter() {
        return instead("DoSFilter", Response.empty(429).with("DoSFilter", "blocked"));
    }

    /** Returns a fault that sends a 429 without a permitted poll time instead of processing the request. */
    public static Fault tooManyRequests() {
        return instead("429 without a time", Response.empty(429));
    }

    /** Returns a fault that sends a 429 with this text as permitted poll time instead of processing the request. */
    public static Fault tooManyRequests(String permittedPollTime) {
        return instead(
                "429 until " + permittedPollTime,
                Response.empty(429).with(Response.PERMITTED_POLL_TIME, permittedPollTime));
    }

    /** Returns a fault that removes a header from the response. Has no effect on a response without that header. */
    public static Fault withoutHeader(String header) {
        return changed("without " + header, response -> response.without(header));
    }

    /** Returns a fault that removes {@code X-Next-permitted-poll-time} from the response. */
    public static Fault withoutPermittedPollTime() {
        return withoutHeader(Response.PERMITTED_POLL_TIME);
    }

    /** Returns a fault that sets a header of the response, {@code Date} included. */
    public static Fault header(String header, String value) {
        return changed(header + ": " + value, response -> response.with(header, value));
    }

    /** Returns a fault that sets the {@code X-Next-permitted-poll-time} of the response to any text. */
    public static Fault permittedPollTime(String value) {
        return header(Response.PERMITTED_POLL_TIME, value);
    }

    /**
     * Returns a fault that moves {@code Date} and the permitted poll time of the response ahead, as if the service's
     * clock were wrong.
     */
    public static Fault wrongClock(Duration ahead) {
        return changed("clock ahead by " + ahead, response -> {
            Response dated = response.skewed(ahead);
            String time = response.headers().get(Response.PERMITTED_POLL_TIME);
            return time == null
                    ? dated
                    : dated.with(
                            Response.PERMITTED_POLL_TIME,
                            OffsetDateTime.parse(time)
                                    .plus(ahead)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toString());
        });
    }

    /** Returns a fault that replaces the body of the response. Its media type is {@code application/xml}. */
    public static Fault body(String text) {
        return changed(
                "another body",
                response ->
                        response.with(Body.of(text.getBytes(UTF_8))).with(Response.CONTENT_TYPE, "application/xml"));
    }

    /**
     * Returns a fault that replaces the body of the response with malformed XML. Its media type is {@code
     * application/xml}.
     */
    public static Fault garbage() {
        return body(
                "<portal-signature-job-status-change-response xmlns=\"http://signering.posten.no/sch\u0000\u0001 <<");
    }

    /**
     * Returns a fault that appends blanks to the body of the response up to this length. Well-formed XML stays
     * well-formed.
     */
    public static Fault hugeBody(long bytes) {
        return changed("a body of " + bytes + " bytes", response -> response.with(padded(response.body(), bytes)));
    }

    /**
     * Returns a fault that resets the connection when the request's head has been received. The request is not
     * processed.
     */
    public static Fault resetBeforeRequestBody() {
        return new Fault("reset before the request's body") {
            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
                return exchange.reset().then(Mono.never());
            }
        };
    }

    /**
     * Returns a fault that resets the connection when this many bytes of the request's body have been received. The
     * request is not processed.
     */
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

    /**
     * Returns a fault that resets the connection when the whole request has been received and processed. No response is
     * sent.
     */
    public static Fault resetAfterRequest() {
        return new Fault("reset after the request") {
            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
                return processing.then(exchange.reset()).then(Mono.never());
            }
        };
    }

    /**
     * Returns a fault that resets the connection when the response's head and this many bytes of its body have been
     * sent.
     */
    public static Fault resetDuringResponse(long afterBytes) {
        return changed(
                "reset after " + afterBytes + " bytes of the response",
                response -> response.ending(new Response.Ending(afterBytes, true)));
    }

    /**
     * Returns a fault that closes the connection in an orderly way when the response's head and this many bytes of its
     * body have been sent.
     */
    public static Fault truncateResponse(long afterBytes) {
        return changed(
                "cut after " + afterBytes + " bytes of the response",
                response -> response.ending(new Response.Ending(afterBytes, false)));
    }

    /**
     * Returns a fault that sends the whole response and then closes the connection, without announcing it in a header.
     */
    public static Fault closeAfterResponse() {
        return changed(
                "closed after the response", response -> response.ending(new Response.Ending(Long.MAX_VALUE, false)));
    }

    private static Fault instead(String name, Response response) {
        return new Fault(name) {
            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
                return exchange.received().then(replacement());
            }

            @Override
            Mono<Response> replacement() {
                return Mono.just(response);
            }
        };
    }

    private static Fault changed(String name, UnaryOperator<Response> change) {
        return new Fault(name) {
            @Override
            Mono<Response> response(Mono<Response> processing, Exchange exchange) {
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

    /** Returns a description of the fault. */
    @Override
    public String toString() {
        return name;
    }
}
