package io.github.signaturereactive.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** A download that has not begun: each subscription is a request of its own. */
public final class Download {

    private final URI url;
    private final String accept;
    private final Exchange exchange;

    Download(URI url, String accept, Exchange exchange) {
        this.url = url;
        this.accept = accept;
        this.exchange = exchange;
    }

    /**
     * Downloads, and gives the bytes to the function as they come. Its errors reach the subscriber as they are; cancelling
     * closes the connection, and so does a publisher that ends before the bytes do.
     */
    public <T> Flux<T> exchange(BiFunction<Head, Flux<ByteBuffer>, ? extends Publisher<T>> function) {
        return exchange.download(url, accept, (response, bytes) -> function.apply(Head.of(response), bytes));
    }
}
