package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.reactivestreams.Publisher;
import org.w3c.dom.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/** Sends any request and returns the response. */
final class RawClient {

    static final String REQUEST = """
            <?xml version="1.0" encoding="UTF-8"?>
            <portal-signature-job-request xmlns="http://signering.posten.no/schema/v1"/>""";

    private final URI root;
    private final SslContext tls;
    private final HttpClient http;

    private RawClient(URI root, SslContext tls, ConnectionProvider connections) {
        this.root = root;
        this.tls = tls;
        this.http = HttpClient.create(connections)
                .secure(SslProvider.builder().sslContext(tls).build())
                .disableRetry(true);
    }

    record Answered(int status, HttpHeaders headers, String body) {

        Element xml() {
            return Schemas.MESSAGES.validate(body.getBytes(UTF_8)).getDocumentElement();
        }

        String element(String name) {
            return xml().getElementsByTagNameNS("*", name).item(0).getTextContent();
        }

        String errorCode() {
            return element("error-code");
        }

        String errorMessage() {
            return element("error-message");
        }
    }

    /** A part of a multipart body. */
    static final class Part {

        private final String headers;
        private final byte[] content;

        Part(String headers, byte[] content) {
            this.headers = headers;
            this.content = content;
        }

        static Part xml(String xml) {
            return new Part("Content-Type: application/xml", xml.getBytes(UTF_8));
        }

        static Part bundle(byte[] zip) {
            return new Part("Content-Type: application/octet-stream", zip);
        }
    }

    static RawClient of(SigningService service) {
        return of(service, service.clientCertificate());
    }

    static RawClient of(SigningService service, ClientCertificate certificate) {
        return of(
                service,
                tls -> tls.keyManager(
                        certificate.privateKey(),
                        certificate.chain().toArray(java.security.cert.X509Certificate[]::new)));
    }

    static RawClient of(SigningService service, UnaryOperator<SslContextBuilder> tls) {
        try {
            var context = tls.apply(SslContextBuilder.forClient()
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .endpointIdentificationAlgorithm(null))
                    .build();
            return new RawClient(service.url(), context, ConnectionProvider.newConnection());
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the same client with connections from a pool. */
    RawClient over(ConnectionProvider pool) {
        return new RawClient(root, tls, pool);
    }

    Answered get(String path) {
        return send(HttpMethod.GET, path, "", new byte[0]);
    }

    Answered post(String path) {
        return send(HttpMethod.POST, path, "", new byte[0]);
    }

    Answered create(byte[] bundle) {
        return create(Part.xml(REQUEST), Part.bundle(bundle));
    }

    Answered create(Part... parts) {
        return send(
                HttpMethod.POST,
                "/123456789/portal/signature-jobs",
                "multipart/mixed; boundary=frontier",
                multipart(parts));
    }

    /** Downloads a resource and emits its bytes as they arrive. */
    Flux<byte[]> download(String url) {
        return http.get().uri(url).response((response, content) -> content.asByteArray());
    }

    /** Sends a create request with any body and emits the status of the response. */
    Mono<Integer> upload(String path, Publisher<? extends ByteBuf> body) {
        return http.headers(headers -> headers.set("Content-Type", "multipart/mixed; boundary=frontier"))
                .post()
                .uri(root + path)
                .send(body)
                .responseSingle((response, content) ->
                        content.then(Mono.just(response.status().code())));
    }

    Answered send(HttpMethod method, String pathOrUrl, String contentType, byte[] body) {
        return http.headers(headers -> {
                    if (!contentType.isEmpty()) {
                        headers.set("Content-Type", contentType);
                    }
                })
                .request(method)
                .uri(pathOrUrl.startsWith("http") ? pathOrUrl : root + pathOrUrl)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((response, content) -> content.asString(UTF_8)
                        .defaultIfEmpty("")
                        .map(text -> new Answered(response.status().code(), response.responseHeaders(), text)))
                .block();
    }

    static byte[] multipart(Part... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Consumer<String> text = line -> bytes.writeBytes((line + "\r\n").getBytes(UTF_8));
        for (Part part : List.of(parts)) {
            text.accept("--frontier");
            text.accept(part.headers);
            text.accept("");
            bytes.writeBytes(part.content);
            text.accept("");
        }
        text.accept("--frontier--");
        return bytes.toByteArray();
    }
}
