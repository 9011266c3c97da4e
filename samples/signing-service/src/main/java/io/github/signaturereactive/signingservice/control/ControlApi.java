package io.github.signaturereactive.signingservice.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerSnapshot;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Json;
import io.github.signaturereactive.signingservice.protocol.NonFatalErrors;
import io.github.signaturereactive.signingservice.signature.BundleEntry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * {@link Jobs} over HTTP, for tests in another process. Responses are JSON. Requests have no body.
 *
 * <pre>
 * GET  /jobs                                all jobs, the oldest first
 * GET  /jobs/{id}                           one job
 * POST /jobs/{id}/sign                      all waiting signers sign
 * POST /jobs/{id}/expire                    the job expires
 * POST /jobs/{id}/signers/{n}/page          a URL that opens the nth signer's signing page in a browser, once
 * POST /jobs/{id}/signers/{n}/session/{status}   the nth signer of a direct job gets this status and returns; the
 *                                           response is the exit URL with its token
 * POST /jobs/{id}/signers/{n}/{status}      the nth signer, the first at 0, gets the status signed, rejected, blocked,
 *                                           reserved, contact_information_missing, failed …
 * </pre>
 *
 * <p>The status is 404 if the job, signer or address does not exist, and 409 if the job's state does not allow the
 * action.
 */
public final class ControlApi {

    private static final Pattern JOBS = Pattern.compile("/jobs/?");
    private static final Pattern JOB = Pattern.compile("/jobs/(\\d{1,18})");
    private static final Pattern ACT = Pattern.compile("/jobs/(\\d{1,18})/(sign|expire)");
    private static final Pattern SIGNER = Pattern.compile("/jobs/(\\d{1,18})/signers/(\\d{1,2})/([a-z_]+)");

    private static final Pattern PAGE = Pattern.compile("/jobs/(\\d{1,18})/signers/(\\d{1,2})/page");
    private static final Pattern SESSION = Pattern.compile("/jobs/(\\d{1,18})/signers/(\\d{1,2})/session/([a-z_]+)");

    private final Jobs jobs;

    /** Creates the control API of these jobs. */
    public ControlApi(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Processes a request and sends its response. */
    public Publisher<Void> handle(HttpServerRequest request, HttpServerResponse nettyResponse) {
        // Drawing the random keys of URLs may block.
        return request.receive().then().publishOn(Schedulers.boundedElastic()).then(NonFatalErrors.defer(() -> {
            try {
                return send(200, response(request), nettyResponse);
            } catch (NoSuchElementException | IllegalArgumentException e) {
                return send(404, Map.of("error", String.valueOf(e.getMessage())), nettyResponse);
            } catch (IllegalStateException e) {
                return send(409, Map.of("error", String.valueOf(e.getMessage())), nettyResponse);
            }
        }));
    }

    private Object response(HttpServerRequest request) {
        String path = new QueryStringDecoder(request.uri()).rawPath();
        if (request.method().equals(HttpMethod.GET)) {
            if (JOBS.matcher(path).matches()) {
                return jobs.all().stream().map(ControlApi::json).toList();
            }
            Matcher job = JOB.matcher(path);
            if (job.matches()) {
                return json(jobs.get(Long.parseLong(job.group(1))));
            }
        } else if (request.method().equals(HttpMethod.POST)) {
            return act(path);
        }
        throw new NoSuchElementException("Unknown request " + request.method() + " " + path);
    }

    private Object act(String path) {
        Matcher act = ACT.matcher(path);
        if (act.matches()) {
            long id = Long.parseLong(act.group(1));
            if (act.group(2).equals("sign")) {
                jobs.signAll(id);
            } else {
                jobs.expire(id);
            }
            return json(jobs.get(id));
        }
        Matcher page = PAGE.matcher(path);
        if (page.matches()) {
            return Map.of("url", jobs.signingUrl(Long.parseLong(page.group(1)), signer(page)));
        }
        Matcher session = SESSION.matcher(path);
        if (session.matches()) {
            return Map.of(
                    "exitUrl",
                    jobs.completeSession(Long.parseLong(session.group(1)), signer(session), status(session)));
        }
        Matcher signer = SIGNER.matcher(path);
        if (signer.matches()) {
            long id = Long.parseLong(signer.group(1));
            jobs.settle(id, signer(signer), status(signer));
            return json(jobs.get(id));
        }
        throw new NoSuchElementException("Unknown request POST " + path);
    }

    private static SignerSelector signer(Matcher path) {
        return SignerSelector.at(Integer.parseInt(path.group(2)));
    }

    private static SignerStatus status(Matcher path) {
        return SignerStatus.valueOf(path.group(3).toUpperCase(Locale.ROOT));
    }

    private static Map<String, Object> json(JobSnapshot job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", job.id());
        json.put("flow", job.flow());
        json.put("organizationNumber", job.organizationNumber());
        json.put("pollingQueue", job.pollingQueue());
        job.reference().ifPresent(reference -> json.put("reference", reference));
        json.put("created", job.created());
        json.put("status", job.status());
        json.put("signers", job.signers().stream().map(ControlApi::json).toList());
        json.put("deliveries", job.deliveries());
        json.put("confirmations", job.confirmations());
        json.put("confirmed", job.confirmed());
        json.put("cancelled", job.cancelled());
        json.put("documentsDeleted", job.documentsDeleted());
        job.archiveId().ifPresent(id -> json.put("archiveId", id));
        json.put(
                "entries",
                job.received().entries().stream().map(ControlApi::json).toList());
        return json;
    }

    private static Map<String, Object> json(SignerSnapshot signer) {
        return Map.of("order", signer.order(), "status", signer.status(), "since", signer.since());
    }

    private static Map<String, Object> json(BundleEntry entry) {
        return Map.of("name", entry.name(), "size", entry.size(), "sha256", entry.sha256());
    }

    private static Mono<Void> send(int status, Object json, HttpServerResponse nettyResponse) {
        byte[] bytes = Json.write(json).getBytes(UTF_8);
        return nettyResponse
                .status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length))
                .sendByteArray(Mono.just(bytes))
                .then();
    }
}
