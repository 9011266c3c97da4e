package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.JobStore;
import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Body;
import io.github.signaturereactive.signingservice.protocol.NonFatalErrors;
import io.github.signaturereactive.signingservice.protocol.Response;
import io.github.signaturereactive.signingservice.protocol.Route;
import io.github.signaturereactive.signingservice.signature.Manifest;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import io.github.signaturereactive.signingservice.signature.SignedPdf;
import io.github.signaturereactive.signingservice.signature.SignerSignature;
import io.github.signaturereactive.signingservice.signature.XadesSignature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Provides the signed documents of jobs, PAdES and XAdES. They are created on demand. */
public final class SignedDocuments {

    private final JobStore jobs;
    private final Settings settings;
    private final Path directory;
    private final ConcurrentMap<PadesKey, Mono<Path>> pades = new ConcurrentHashMap<>();

    /** Creates the signed documents of these jobs, with temporary files in the directory. */
    public SignedDocuments(JobStore jobs, Settings settings, Path directory) {
        this.jobs = jobs;
        this.settings = settings;
        this.directory = directory;
    }

    private record PadesKey(long jobId, int signatures) {}

    /** The content of a download, read from the job when the request arrives. */
    private record Signed(
            Manifest manifest, ReceivedBundle bundle, List<SignerSignature> signatures, JobSnapshot snapshot) {}

    /** Returns the PAdES. It is created at the first download after each signature. */
    Mono<Response> pades(Route route) {
        return pdf(() -> jobs.of(route, this::signed));
    }

    /** Returns the PAdES from the archive, which has the documents of completed jobs with long-term storage. */
    Mono<Response> archivedPades(Route route) {
        return pdf(() -> jobs.archived(route, this::signed));
    }

    Mono<Response> xades(Route route) {
        return NonFatalErrors.fromCallable(() -> {
                    Signed signed = jobs.of(route, this::signed);
                    SignerSignature signature = signed.signatures().stream()
                            .filter(s -> s.index() == route.number() - 1)
                            .findFirst()
                            .orElseThrow(
                                    () -> ApiException.notFound("There is no signature of signer " + route.number()));
                    return Response.xml(200, XadesSignature.make(signed.bundle(), signature));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Response> pdf(Callable<Signed> source) {
        return NonFatalErrors.fromCallable(source)
                .flatMap(signed -> settings.pades()
                        .map(replacement -> NonFatalErrors.fromCallable(() -> replacement.apply(signed.snapshot()))
                                .map(Body::of)
                                .subscribeOn(Schedulers.boundedElastic()))
                        .orElseGet(() -> signedPdf(signed).flatMap(SignedDocuments::fileBody))
                        .map(body -> Response.of(200, "application/octet-stream", body)));
    }

    private Mono<Path> signedPdf(Signed signed) {
        return pades.computeIfAbsent(
                new PadesKey(signed.snapshot().id(), signed.signatures().size()),
                key -> NonFatalErrors.fromCallable(() ->
                                SignedPdf.make(signed.manifest(), signed.bundle(), signed.signatures(), directory))
                        .subscribeOn(Schedulers.boundedElastic())
                        .cacheInvalidateIf(file -> false));
    }

    private static Mono<Body> fileBody(Path file) {
        return NonFatalErrors.fromCallable(() -> Body.of(file, Files.size(file)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Signed signed(SignatureJob job) {
        settings.retention().requireKept(job, settings.clock().instant());
        List<SignerSignature> signatures = job.signatures();
        if (signatures.isEmpty()) {
            throw ApiException.notFound("Nobody has signed signature job " + job.id());
        }
        return new Signed(job.manifest(), job.received(), signatures, job.snapshot(settings.longTermStorage()));
    }
}
