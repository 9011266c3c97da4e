package io.github.signaturereactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The body of a request.
 *
 * @param contentType the value of the {@code Content-Type} header
 * @param content the bytes, in new buffers for each subscription
 */
record RequestBody(String contentType, Publisher<ByteBuf> content) {

    /** Creates an XML body. */
    static RequestBody xml(byte[] xml) {
        return new RequestBody(MediaTypes.XML, Mono.fromSupplier(() -> Unpooled.wrappedBuffer(xml)));
    }
}
