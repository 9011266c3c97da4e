package io.github.signaturereactive.samples.webflux;

import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams the changes of a job to its page as server-sent events. */
@RestController
final class JobEvents {

    /**
     * The interval of reading the database without a notification, because another instance of this application may
     * have processed the change.
     */
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(15);

    private static final String LAST = "last";

    private final SignatureJobRepository jobs;
    private final JobChangeNotifier notifier;
    private final TemplateRenderer renderer;

    JobEvents(SignatureJobRepository jobs, JobChangeNotifier notifier, TemplateRenderer renderer) {
        this.jobs = jobs;
        this.notifier = notifier;
        this.renderer = renderer;
    }

    /**
     * Emits the changing part of the page: now, after each change, and for the last time when the status is final.
     * Intermediate states may be skipped if changes follow each other closely. Comments are sent regularly, so that a
     * closed connection is detected.
     */
    @GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> events(@PathVariable String id) {
        Flux<ServerSentEvent<String>> changes = Flux.merge(
                        notifier.changesOf(id),
                        Flux.interval(Duration.ZERO, REFRESH_INTERVAL)
                                .onBackpressureLatest()
                                .map(tick -> id))
                .concatMap(this::found, 1)
                .distinctUntilChanged()
                .concatMap(this::event, 1);
        Flux<ServerSentEvent<String>> heartbeats = Flux.interval(REFRESH_INTERVAL)
                .onBackpressureLatest()
                .map(tick -> ServerSentEvent.<String>builder().comment("").build());
        return Flux.merge(changes, heartbeats).takeUntil(event -> LAST.equals(event.event()));
    }

    private Mono<SignatureJob> found(String id) {
        return jobs.find(id).switchIfEmpty(Mono.error(() -> new NoSuchElementException("There is no such job")));
    }

    private Mono<ServerSentEvent<String>> event(SignatureJob job) {
        return renderer.fragment("job", "changing", Map.of("job", job))
                .map(part -> ServerSentEvent.builder(part)
                        .event(job.isFinal() ? LAST : "change")
                        .build());
    }
}
