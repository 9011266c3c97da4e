package io.github.signaturereactive.signingservice.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.job.JobStore;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Body;
import io.github.signaturereactive.signingservice.protocol.Flow;
import io.github.signaturereactive.signingservice.protocol.NonFatalErrors;
import io.github.signaturereactive.signingservice.protocol.Response;
import io.github.signaturereactive.signingservice.signature.Manifest;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Serves the signing pages. A redirect URL works once and opens a signer's own page, which can be opened any number of
 * times. The signer's actions are POST requests, and their responses redirect the browser.
 *
 * <pre>
 * GET  /redirect/{key}                    redirects to the page, the first time
 * GET  /signing/{key}                     the page
 * GET  /signing/{key}/documents/{n}       the nth document, the first at 1
 * POST /signing/{key}/{status}            the signer gets the status signed, rejected, failed or blocked, and returns
 * POST /signing/{key}/leave               a signer that has already acted returns
 * </pre>
 */
public final class SigningPages {

    private static final String STYLESHEET = "/signing.css";
    private static final Pattern REDIRECT = Pattern.compile("/redirect/([\\w-]+)");
    private static final Pattern PAGE = Pattern.compile("/signing/([\\w-]+)");
    private static final Pattern DOCUMENT = Pattern.compile("/signing/([\\w-]+)/documents/(\\d{1,2})");
    private static final Pattern ACT = Pattern.compile("/signing/([\\w-]+)/(signed|rejected|failed|blocked)");
    private static final Pattern LEAVE = Pattern.compile("/signing/([\\w-]+)/leave");

    /** The content security policy: no scripts, no external resources, no framing. */
    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final JobStore jobs;
    private final SigningUrls signing;
    private final Clock clock;

    /** Creates the pages of the jobs in the store. */
    public SigningPages(JobStore jobs, SigningUrls signing, Clock clock) {
        this.jobs = jobs;
        this.signing = signing;
        this.clock = clock;
    }

    /** Returns whether the path belongs to the signing pages. */
    public static boolean has(String uri) {
        return uri.startsWith("/redirect/") || uri.startsWith("/signing/") || uri.startsWith(STYLESHEET);
    }

    /** Handles a request. Reads files and draws random keys on a scheduler for blocking work. */
    public Publisher<Void> handle(HttpServerRequest request, HttpServerResponse nettyResponse) {
        return request.receive()
                .then(NonFatalErrors.fromCallable(() -> response(request)).subscribeOn(Schedulers.boundedElastic()))
                .flatMap(response -> send(response, nettyResponse));
    }

    private Response response(HttpServerRequest request) {
        String path = new QueryStringDecoder(request.uri()).rawPath();
        try {
            return request.method().equals(HttpMethod.POST) ? act(path) : show(path);
        } catch (NoSuchElementException e) {
            return html(404, SigningPage.message("Page not found", "This page does not exist."));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return html(409, SigningPage.message("That is not possible", String.valueOf(e.getMessage())));
        }
    }

    private Response show(String path) {
        if (path.equals(STYLESHEET)) {
            return Response.of(200, "text/css;charset=UTF-8", Body.of(stylesheet()));
        }
        Matcher redirect = REDIRECT.matcher(path);
        if (redirect.matches()) {
            return jobs.open(redirect.group(1))
                    .map(pageKey -> seeOther(signing.page(pageKey)))
                    .orElseGet(() -> html(410, SigningPage.message("This link has been used", """
                            A link for signing can be used once. Return to the sender to get a new one.""")));
        }
        Matcher page = PAGE.matcher(path);
        if (page.matches()) {
            return html(200, found(jobs.onPage(page.group(1), (job, signer) -> {
                boolean hasTurn = job.hasTurn(signer, clock.instant());
                return SigningPage.of(job, signer, hasTurn, path);
            })));
        }
        Matcher document = DOCUMENT.matcher(path);
        if (document.matches()) {
            return document(document.group(1), Integer.parseInt(document.group(2)));
        }
        throw new NoSuchElementException(path);
    }

    private Response act(String path) {
        Matcher act = ACT.matcher(path);
        if (act.matches()) {
            SignerStatus status = SignerStatus.valueOf(act.group(2).toUpperCase(Locale.ROOT));
            return seeOther(found(jobs.onPage(act.group(1), (job, signer) -> {
                job.settle(SignerSelector.at(signer.index()), status, clock.instant());
                return job.queue().flow() == Flow.DIRECT ? job.leave(signer) : signing.page(act.group(1));
            })));
        }
        Matcher leave = LEAVE.matcher(path);
        if (leave.matches()) {
            return seeOther(found(jobs.onPage(leave.group(1), (job, signer) -> {
                if (signer.status() == SignerStatus.WAITING) {
                    throw new IllegalStateException("You have neither signed nor rejected yet.");
                }
                return job.leave(signer);
            })));
        }
        throw new NoSuchElementException(path);
    }

    private Response document(String pageKey, int number) {
        record RequestedDocument(Manifest.Document document, ReceivedBundle bundle) {}
        RequestedDocument requested = found(jobs.onPage(
                pageKey,
                (job, signer) -> job.manifest().documents().stream()
                        .skip(number - 1L)
                        .findFirst()
                        .filter(document -> number > 0 && !job.documentsDeleted())
                        .map(document -> new RequestedDocument(document, job.received()))
                        .orElseThrow()));
        String type = requested.document().mime().equals("text/plain") ? "text/plain;charset=UTF-8" : "application/pdf";
        return Response.of(200, type, requested.bundle().document(requested.document()))
                .with("Content-Disposition", "inline");
    }

    private static <T> T found(Optional<T> found) {
        return found.orElseThrow();
    }

    private static byte[] stylesheet() {
        try (InputStream in = Objects.requireNonNull(SigningPages.class.getResourceAsStream("signing.css"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response html(int status, String html) {
        return Response.of(status, "text/html;charset=UTF-8", Body.of(html.getBytes(UTF_8)))
                .with("Content-Security-Policy", POLICY);
    }

    private static Response seeOther(URI url) {
        return Response.empty(303).with(HttpHeaderNames.LOCATION.toString(), url.toString());
    }

    private static Mono<Void> send(Response response, HttpServerResponse nettyResponse) {
        nettyResponse.status(response.status());
        response.headers().forEach(nettyResponse::header);
        return nettyResponse
                .header(
                        HttpHeaderNames.CONTENT_LENGTH,
                        Long.toString(response.body().length()))
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .send(response.body().content())
                .then();
    }
}
