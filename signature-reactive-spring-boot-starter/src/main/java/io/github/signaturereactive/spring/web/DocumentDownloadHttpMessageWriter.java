package io.github.signaturereactive.spring.web;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.DownloadHeaders;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a {@link DocumentDownload} to a response. The document is streamed with the back-pressure of the client and never held
 * in memory. A client that closes its connection cancels the download.
 *
 * <p>The response has the media type and the file name of the {@link DocumentDownload}, the length that the service tells, and
 * {@code Cache-Control: no-store}. Headers that are set already are left as they are. Without a document the response is an
 * error: 404 Not Found if there is no download or the service says 404 or 410, 503 Service Unavailable if the service cannot be
 * reached or all connections for downloads are in use, else 502 Bad Gateway. The reason is in the log. A download that is cut
 * short cuts the response short.
 */
public final class DocumentDownloadHttpMessageWriter implements HttpMessageWriter<DocumentDownload> {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentDownloadHttpMessageWriter.class);

    /** A writer; the starter registers one. */
    public DocumentDownloadHttpMessageWriter() {}

    /** Returns all media types, so that a response is written whatever the request accepts. */
    @Override
    public List<MediaType> getWritableMediaTypes() {
        return List.of(MediaType.ALL);
    }

    /** Returns whether the element is a {@link DocumentDownload}. What the request accepts does not change its media type. */
    @Override
    public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
        return DocumentDownload.class.isAssignableFrom(elementType.toClass());
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends DocumentDownload> download,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ReactiveHttpOutputMessage message,
            Map<String, Object> hints) {
        return required(download).flatMap(document -> write(document, message, true));
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends DocumentDownload> download,
            ResolvableType actualType,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ServerHttpRequest request,
            ServerHttpResponse response,
            Map<String, Object> hints) {
        boolean withBody = !HttpMethod.HEAD.equals(request.getMethod());
        return required(download).flatMap(document -> write(document, response, withBody));
    }

    private static Mono<DocumentDownload> required(Publisher<? extends DocumentDownload> download) {
        return Mono.<DocumentDownload>from(download)
                .switchIfEmpty(Mono.error(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such document")));
    }

    private static Mono<Void> write(DocumentDownload document, ReactiveHttpOutputMessage message, boolean withBody) {
        return document.exchange((headers, bytes) -> {
                    describe(document, headers, message.getHeaders());
                    return withBody ? message.writeWith(buffers(bytes, message)) : message.setComplete();
                })
                .then()
                .onErrorMap(SignatureException.class, DocumentDownloadHttpMessageWriter::answer);
    }

    private static Flux<DataBuffer> buffers(Flux<ByteBuffer> bytes, ReactiveHttpOutputMessage message) {
        return bytes.map(message.bufferFactory()::wrap);
    }

    private static void describe(DocumentDownload document, DownloadHeaders known, HttpHeaders headers) {
        if (headers.getContentType() == null) {
            headers.setContentType(MediaType.parseMediaType(document.contentType()));
        }
        if (known.contentLength() != null && headers.getContentLength() < 0) {
            headers.setContentLength(known.contentLength());
        }
        if (!headers.containsHeader(HttpHeaders.CONTENT_DISPOSITION)) {
            headers.setContentDisposition(ContentDisposition.attachment()
                    .filename(document.fileName(), StandardCharsets.UTF_8)
                    .build());
        }
        if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            headers.setCacheControl(CacheControl.noStore());
        }
    }

    /** The answer's error, which says nothing of the reason; that is for the log. */
    private static Throwable answer(SignatureException failure) {
        LOG.warn("A signed document cannot be passed on: {}", failure.getMessage());
        if (failure instanceof ServiceUnreachableException) {
            return new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "The document cannot be got from the signing service now", failure);
        }
        boolean gone = failure instanceof UnexpectedResponseException unexpected
                && (unexpected.httpStatus() == 404 || unexpected.httpStatus() == 410);
        return gone
                ? new ResponseStatusException(HttpStatus.NOT_FOUND, "The signing service has no such document", failure)
                : new ResponseStatusException(
                        HttpStatus.BAD_GATEWAY, "The signing service did not give the document", failure);
    }
}
