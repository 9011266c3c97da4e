package io.github.signaturereactive.http;

import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.DownloadHeaders;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** A description of a download. Each subscription to its content sends a request. */
public final class Download {

    private final URI url;
    private final String accept;
    private final ApiClient client;

    Download(URI url, String accept, ApiClient client) {
        this.url = url;
        this.accept = accept;
        this.client = client;
    }

    /** Returns the schedulers of the client. */
    public ClientSchedulers schedulers() {
        return client.schedulers();
    }

    /** Returns the error of a download that begins after the client was closed. */
    public ClientClosedException clientClosed() {
        return new ClientClosedException("GET " + url.getRawPath());
    }

    /**
     * Downloads the document and passes its headers and bytes to the function. The connection is closed on cancellation, and if
     * the publisher of the function terminates before the bytes do.
     *
     * @param function consumes the document; the errors of its publisher reach the subscriber unchanged
     * @return a publisher that emits the values of the publisher of the function
     */
    public <T> Flux<T> exchange(BiFunction<DownloadHeaders, Flux<ByteBuffer>, ? extends Publisher<T>> function) {
        return client.download(
                url, accept, response -> Flux.from(function.apply(response.downloadHeaders(), response.body())));
    }
}
