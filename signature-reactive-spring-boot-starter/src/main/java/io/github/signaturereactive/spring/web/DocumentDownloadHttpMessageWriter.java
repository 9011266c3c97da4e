package io.github.signaturereactive.spring.web;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.job.DownloadHeaders;
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
 * An {@link HttpMessageWriter} for {@link DocumentDownload}. It streams the document to the response with the back-pressure of the HTTP
 * client, and never holds the whole document in memory. The download is cancelled when the HTTP client closes its connection.
 *
 * <p>The writer sets {@code Content-Type}, {@code Content-Length}, {@code Content-Disposition} and {@code Cache-Control: no-store}, unless
 * the header is already set. Media type and file name are those of the {@link DocumentDownload}. The length is that of the service, if
 * known. A {@code HEAD} request receives the headers only.
 *
 * <p>If there is no document, the returned {@code Mono} errors with a {@link ResponseStatusException}:
 *
 * <ul>
 *   <li>404 Not Found, if the publisher is empty, or if the service responds with 404 or 410
 *   <li>503 Service Unavailable, if the service cannot be reached or no connection for downloads is free
 *   <li>502 Bad Gateway, for other errors of the service or the client
 * </ul>
 *
 * The cause is logged, but not sent to the HTTP client. If the download fails after the response has started, the connection to the HTTP
 * client is closed.
 */
public final class DocumentDownloadHttpMessageWriter implements HttpMessageWriter<DocumentDownload> {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentDownloadHttpMessageWriter.class);

    /** Creates a writer. The auto-configuration registers one, so applications rarely need to. */
    public DocumentDownloadHttpMessageWriter() {}

    /** Returns all media types, so that the response does not depend on the {@code Accept} header. */
    @Override
    public List<MediaType> getWritableMediaTypes() {
        return List.of(MediaType.ALL);
    }

    /** Returns whether the element is a {@link DocumentDownload}. Ignores the media type. */
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
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The document does not exist")));
    }

    private static Mono<Void> write(DocumentDownload document, ReactiveHttpOutputMessage message, boolean withBody) {
        return document.exchange((headers, bytes) -> {
                    describe(document, headers, message.getHeaders());
                    return withBody ? message.writeWith(buffers(bytes, message)) : message.setComplete();
                })
                .then()
                .onErrorMap(SignatureException.class, DocumentDownloadHttpMessageWriter::responseError);
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

    /** Logs the failure and returns the error of the response, whose reason does not disclose the cause. */
    private static Throwable responseError(SignatureException failure) {
        LOG.warn("Download of a signed document failed: {}", failure.getMessage());
        if (failure instanceof ServiceUnreachableException) {
            return new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "The signing service is not available", failure);
        }
        boolean gone = failure instanceof UnexpectedResponseException unexpected
                && (unexpected.httpStatus() == 404 || unexpected.httpStatus() == 410);
        return gone
                ? new ResponseStatusException(HttpStatus.NOT_FOUND, "The document does not exist", failure)
                : new ResponseStatusException(
                        HttpStatus.BAD_GATEWAY, "The signing service did not return the document", failure);
    }
}
