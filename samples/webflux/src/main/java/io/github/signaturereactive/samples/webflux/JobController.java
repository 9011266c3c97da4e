package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.direct.StatusReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Serves the pages and handles their forms. */
@RestController
final class JobController {

    private static final int NEWEST = 100;

    private final SignatureJobRepository jobs;
    private final SignatureJobService service;
    private final SignedDocuments documents;
    private final Uploads uploads;
    private final TemplateRenderer renderer;

    JobController(
            SignatureJobRepository jobs,
            SignatureJobService service,
            SignedDocuments documents,
            Uploads uploads,
            TemplateRenderer renderer) {
        this.jobs = jobs;
        this.service = service;
        this.documents = documents;
        this.uploads = uploads;
        this.renderer = renderer;
    }

    @GetMapping("/")
    Mono<ResponseEntity<String>> list() {
        return jobs.newest(NEWEST).flatMap(newest -> renderer.page("jobs", Map.of("jobs", newest)));
    }

    @GetMapping("/jobs/new")
    Mono<ResponseEntity<String>> form() {
        return renderer.page("new-job", Map.of("form", JobForm.empty()));
    }

    @PostMapping(Pages.JOBS)
    Mono<ResponseEntity<Void>> create(ServerWebExchange exchange) {
        return Mono.defer(() -> Uploads.isRead(exchange) ? exchange.getMultipartData() : Mono.error(JobForm.tooLarge()))
                .flatMap(parts -> {
                    JobForm form = JobForm.of(parts);
                    List<FilePart> files = JobForm.files(parts);
                    return uploads.saved(files, saved -> service.create(form.job(saved)));
                })
                .map(JobController::seeOther);
    }

    @GetMapping("/jobs/{id}")
    Mono<ResponseEntity<String>> job(@PathVariable String id) {
        return found(id).flatMap(job -> renderer.page("job", Map.of("job", job)));
    }

    /**
     * Sends the browser of a direct job's signer to the signing service. The response is a page and not a redirect,
     * because the content security policy allows forms to submit to this application only, and Chromium also applies
     * that to redirects.
     */
    @GetMapping("/jobs/{id}/signing")
    Mono<ResponseEntity<String>> sign(@PathVariable String id) {
        return found(id)
                .flatMap(job -> service.newRedirectUrl(job)
                        .flatMap(url -> renderer.page("signing", Map.of("job", job, "url", url.toString()))));
    }

    /**
     * Handles the return of the signer of a direct job. Redirects to the page of the job, so that the token
     * disappears from the URL.
     */
    @GetMapping({"/jobs/{id}/completed", "/jobs/{id}/rejected", "/jobs/{id}/failed"})
    Mono<ResponseEntity<Void>> back(
            @PathVariable String id, @RequestParam(StatusReference.STATUS_QUERY_TOKEN_PARAM_NAME) String token) {
        return found(id).flatMap(job -> service.applyStatus(job, token)).thenReturn(seeOther(Pages.of(id)));
    }

    @GetMapping("/jobs/{id}/signed.pdf")
    Mono<ResponseEntity<Flux<DataBuffer>>> download(@PathVariable String id, ServerWebExchange exchange) {
        return found(id)
                .mapNotNull(SignatureJob::saved)
                .switchIfEmpty(Mono.error(() -> new NoSuchElementException("There is no signed document")))
                .flatMap(saved -> documents
                        .size(saved.file())
                        .map(size -> ResponseEntity.ok()
                                .contentType(MediaType.APPLICATION_PDF)
                                .contentLength(size)
                                .cacheControl(CacheControl.noStore())
                                .headers(headers -> headers.setContentDisposition(ContentDisposition.attachment()
                                        .filename(saved.name(), StandardCharsets.UTF_8)
                                        .build()))
                                .body(documents.content(
                                        saved.file(), exchange.getResponse().bufferFactory()))));
    }

    private Mono<SignatureJob> found(String id) {
        return jobs.find(id).switchIfEmpty(Mono.error(() -> new NoSuchElementException("There is no such job")));
    }

    private static ResponseEntity<Void> seeOther(URI address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(address).build();
    }
}
