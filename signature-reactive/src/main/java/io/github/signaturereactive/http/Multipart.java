package io.github.signaturereactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ThreadLocalRandom;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The body of a create request, as {@code multipart/mixed} (RFC 2046, section 5.1) with two unnamed parts: the XML of the
 * request, then the document bundle.
 */
final class Multipart {

    private final String boundary = newBoundary();
    private final byte[] request;
    private final Publisher<ByteBuf> bundle;

    Multipart(byte[] request, Publisher<ByteBuf> bundle) {
        this.request = request;
        this.bundle = bundle;
    }

    private static String newBoundary() {
        // It is sufficient that the boundary is unlikely to occur in a part. SecureRandom may block.
        var random = ThreadLocalRandom.current();
        return "signature-reactive-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    /** Returns the request body. */
    RequestBody body() {
        return new RequestBody("multipart/mixed; boundary=" + boundary, content());
    }

    private Flux<ByteBuf> content() {
        return Flux.concat(
                Mono.fromSupplier(() -> Unpooled.wrappedBuffer(
                        text("--" + boundary + "\r\nContent-Type: " + MediaTypes.XML + "\r\n\r\n"),
                        request,
                        text("\r\n--" + boundary + "\r\nContent-Type: application/octet-stream\r\n\r\n"))),
                bundle,
                Mono.fromSupplier(() -> Unpooled.wrappedBuffer(text("\r\n--" + boundary + "--\r\n"))));
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
