package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Creates one portal job, polls for its status changes, saves the signed document and confirms each change. The calls
 * of the library are in {@link #signedJob}; the rest is a command-line program.
 */
public final class Quickstart {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_ARGUMENTS = 2;

    private final Arguments arguments;
    private final ConsoleOutput output;

    private Quickstart(Arguments arguments, ConsoleOutput output) {
        this.arguments = arguments;
        this.output = output;
    }

    /**
     * Runs the program. Exits with 0 if the job was signed and saved, with 1 if not, and with 2 if the arguments are
     * invalid.
     *
     * @param args the arguments, see {@code --help}
     */
    public static void main(String[] args) {
        // A sink, because the shutdown hook must interrupt the running chain from outside.
        Sinks.Empty<Void> interrupt = Sinks.empty();
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupt.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            await(cleanedUp);
        }));
        int exitCode;
        try {
            exitCode =
                    run(List.of(args), System.getenv(), ConsoleOutput.to(System.out), System.err, interrupt.asMono());
        } finally {
            cleanedUp.countDown();
        }
        if (exitCode != OK) {
            System.exit(exitCode);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("quickstart: gave up cleaning up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program until it ends or the interrupt completes, and returns its exit code. */
    static int run(
            List<String> args,
            Map<String, String> environment,
            ConsoleOutput output,
            PrintStream err,
            Mono<Void> interrupt) {
        try {
            Arguments arguments = Arguments.parse(args.toArray(String[]::new));
            if (arguments.help()) {
                output.print(Arguments.HELP);
                return OK;
            }
            return new Quickstart(arguments, output).run(environment, interrupt);
        } catch (ArgumentException | IllegalArgumentException e) {
            // Builders throw IllegalArgumentException, for instance for a title with a control character.
            err.println("quickstart: " + e.getMessage());
            return BAD_ARGUMENTS;
        } catch (SignatureException e) {
            err.println("quickstart: " + e.getMessage());
            return FAILED;
        } catch (UncheckedIOException e) {
            err.println("quickstart: " + e.getCause());
            return FAILED;
        }
    }

    private int run(Map<String, String> environment, Mono<Void> interrupt) {
        List<PdfDocument> documents = documents();
        output.event(
                "service",
                arguments.environment() == null ? "starting one in this process" : "reading the certificate");
        try (TargetService service = TargetService.of(arguments, () -> password(environment))) {
            output.event("service", service.description());
            // The chain runs when block() subscribes to it.
            @Nullable
            PortalJobStatusChanged end = Mono.usingWhen(
                            Mono.fromSupplier(() -> SignatureClient.create(service.configuration())),
                            client -> signedJob(client.portal(), service, documents),
                            SignatureClient::disposeLater)
                    .takeUntilOther(interrupt)
                    .block();
            return end != null && end.is(PortalJobStatus.COMPLETED_SUCCESSFULLY) ? OK : FAILED;
        } catch (RuntimeException e) {
            throw Exceptions.unwrap(e) instanceof IOException io ? new UncheckedIOException(io) : e;
        }
    }

    /** Creates the job and processes its status changes until its final status. */
    private Mono<PortalJobStatusChanged> signedJob(
            PortalClient portal, TargetService service, List<PdfDocument> documents) {
        return create(portal, service, documents).flatMap(created -> follow(portal, service, created));
    }

    private record CreatedJob(PortalJob job, PortalJobResponse response) {}

    private Mono<CreatedJob> create(PortalClient portal, TargetService service, List<PdfDocument> documents) {
        long size = documents.stream().mapToLong(PdfDocument::size).sum();
        return Mono.using(
                        () -> output.progress("upload", size),
                        bar -> {
                            PortalJob job = job(service, documents, bar);
                            return portal.create(job)
                                    .map(response -> new CreatedJob(job, response))
                                    // Later operators print, which may block and so must not run on an event loop.
                                    .publishOn(Schedulers.boundedElastic());
                        },
                        Progress::close)
                .doOnNext(created ->
                        output.event("created", "job " + created.response().signatureJobId()));
    }

    private PortalJob job(TargetService service, List<PdfDocument> documents, Progress bar) {
        List<PortalSigner.Builder> signers = arguments.signers().isEmpty() ? Signers.samples() : arguments.signers();
        return PortalJob.builder(
                        documents.get(0).title(),
                        documents.stream().map(pdf -> document(pdf, bar)).toList(),
                        signers.stream().map(PortalSigner.Builder::build).toList())
                .withSender(service.sender())
                .withReference("quickstart")
                .availableFor(Duration.ofDays(7))
                .build();
    }

    /**
     * Creates a document from a publisher, which shows the progress of the upload. A path is simpler if no progress
     * is needed.
     */
    private static PortalDocument document(PdfDocument pdf, Progress bar) {
        Flux<ByteBuffer> content = pdf.content().doOnNext(chunk -> bar.advance(chunk.remaining()));
        return PortalDocument.builder(pdf.title(), content).build();
    }

    /**
     * Saves the files of each status change until the final status of the job. The library calls the listener and the
     * processing on threads that may block, and confirms each processed change.
     */
    private Mono<PortalJobStatusChanged> follow(PortalClient portal, TargetService service, CreatedJob created) {
        long jobId = created.response().signatureJobId();
        SignedFiles files = new SignedFiles(portal, created.job(), arguments.out(), output);
        return portal.statusChanges(service.sender())
                .listener(event -> report(event, service, jobId))
                .confirmAfter(change -> {
                    output.event("poll", change.status() + ": " + Signers.statuses(created.job(), change.signatures()));
                    return files.save(change);
                })
                .publishOn(Schedulers.boundedElastic(), 1)
                .doOnNext(change -> output.event("confirmed", change.toString()))
                .takeUntil(change ->
                        change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY) || change.is(PortalJobStatus.FAILED))
                .last()
                .doOnNext(end -> output.summary(
                        end.is(PortalJobStatus.COMPLETED_SUCCESSFULLY) ? "Signed by all:" : "Not signed by all; saved:",
                        files.summary()));
    }

    /** Prints the event, and has the next simulated signer sign if the queue is empty. */
    private void report(PollEvent event, TargetService service, long jobId) {
        if (event instanceof PollEvent.Empty empty) {
            output.event("poll", "nothing new; the next is permitted in " + seconds(empty.pause()));
            service.onEmptyQueue(jobId, output);
        } else if (event instanceof PollEvent.TooEarly early) {
            output.event("poll", "too early; the next is permitted in " + seconds(early.pause()));
        } else if (event instanceof PollEvent.BackingOff backingOff) {
            output.event("error", backingOff.error().getMessage() + " Trying again in " + seconds(backingOff.pause()));
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private List<PdfDocument> documents() {
        try {
            Path out = Files.createDirectories(arguments.out());
            List<PdfDocument> documents = arguments.documents().isEmpty()
                    ? PdfDocument.samples(out.resolve("unsigned"))
                    : arguments.documents().stream().map(PdfDocument::open).toList();
            documents.forEach(pdf -> output.event(
                    "document",
                    pdf.file() + ", " + pdf.pages() + (pdf.pages() == 1 ? " page, " : " pages, ")
                            + ConsoleOutput.size(pdf.size())));
            return documents;
        } catch (IOException e) {
            throw new ArgumentException("cannot write to " + arguments.out() + " (" + e + ")");
        }
    }

    private static char[] password(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("SIGNATURE_PASSWORD"))
                .map(String::toCharArray)
                .or(() -> Optional.ofNullable(System.console())
                        .map(console -> console.readPassword("Password of the certificate: ")))
                .orElseThrow(() -> new ArgumentException(
                        "--certificate needs a password: set the environment variable SIGNATURE_PASSWORD"));
    }
}
