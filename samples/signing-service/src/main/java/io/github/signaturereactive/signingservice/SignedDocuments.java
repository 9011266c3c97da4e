package io.github.signaturereactive.signingservice;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Provides the signed documents of jobs, PAdES and XAdES. They are created on demand. */
final class SignedDocuments {

    private final JobStore jobs;
    private final Settings settings;
    private final Path directory;
    private final ConcurrentMap<PadesKey, Mono<Path>> pades = new ConcurrentHashMap<>();

    SignedDocuments(JobStore jobs, Settings settings, Path directory) {
        this.jobs = jobs;
        this.settings = settings;
        this.directory = directory;
    }

    private record PadesKey(long jobId, int signatures) {}

    /** The content of a download, read from the job when the request arrives. */
    private record Signed(
            Manifest manifest, ReceivedBundle bundle, List<Signatory> signatories, JobSnapshot snapshot) {}

    /** Returns the PAdES. It is created at the first download after each signature. */
    Mono<Answer> pades(Route route) {
        return pdf(() -> jobs.of(route, this::signed));
    }

    /** Returns the PAdES from the archive, which has the documents of completed jobs with long-term storage. */
    Mono<Answer> archivedPades(Route route) {
        return pdf(() -> jobs.archived(route, this::signed));
    }

    Mono<Answer> xades(Route route) {
        return Guarded.call(() -> {
                    Signed signed = jobs.of(route, this::signed);
                    Signatory signatory = signed.signatories().stream()
                            .filter(s -> s.index() == route.number() - 1)
                            .findFirst()
                            .orElseThrow(() -> Refusal.notFound("There is no signature of signer " + route.number()));
                    return Answer.xml(200, XadesOfSigner.make(signed.bundle(), signatory));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Answer> pdf(Callable<Signed> source) {
        return Guarded.call(source)
                .flatMap(signed -> settings.pades()
                        .map(replacement -> Guarded.call(() -> replacement.pades(signed.snapshot()))
                                .map(Body::of)
                                .subscribeOn(Schedulers.boundedElastic()))
                        .orElseGet(() -> signedPdf(signed).flatMap(SignedDocuments::fileBody))
                        .map(body -> Answer.of(200, "application/octet-stream", body)));
    }

    private Mono<Path> signedPdf(Signed signed) {
        return pades.computeIfAbsent(
                new PadesKey(signed.snapshot().id(), signed.signatories().size()),
                key -> Guarded.call(() ->
                                SignedPdf.make(signed.manifest(), signed.bundle(), signed.signatories(), directory))
                        .subscribeOn(Schedulers.boundedElastic())
                        .cacheInvalidateIf(file -> false));
    }

    private static Mono<Body> fileBody(Path file) {
        return Guarded.call(() -> Body.of(file, Files.size(file))).subscribeOn(Schedulers.boundedElastic());
    }

    private Signed signed(SignatureJob job) {
        settings.retention().requireKept(job, settings.clock().instant());
        List<Signatory> signatories = Signatory.of(job);
        if (signatories.isEmpty()) {
            throw Refusal.notFound("Nobody has signed signature job " + job.id());
        }
        return new Signed(job.manifest(), job.received(), signatories, job.snapshot(settings.longTermStorage()));
    }
}
