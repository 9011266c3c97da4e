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
    private static final Duration WITHOUT_NEWS = Duration.ofSeconds(15);

    private static final String LAST = "last";

    private final SignatureJobs jobs;
    private final News news;
    private final Html html;

    JobEvents(SignatureJobs jobs, News news, Html html) {
        this.jobs = jobs;
        this.news = news;
        this.html = html;
    }

    /**
     * Emits the changing part of the page: now, after each change, and for the last time when the status is final.
     * Intermediate states may be skipped if changes follow each other closely. Comments are sent regularly, so that a
     * closed connection is detected.
     */
    @GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> events(@PathVariable String id) {
        Flux<ServerSentEvent<String>> changes = Flux.merge(
                        news.of(id),
                        Flux.interval(Duration.ZERO, WITHOUT_NEWS)
                                .onBackpressureLatest()
                                .map(tick -> id))
                .concatMap(this::found, 1)
                .distinctUntilChanged()
                .concatMap(this::event, 1);
        Flux<ServerSentEvent<String>> signsOfLife = Flux.interval(WITHOUT_NEWS)
                .onBackpressureLatest()
                .map(tick -> ServerSentEvent.<String>builder().comment("").build());
        return Flux.merge(changes, signsOfLife).takeUntil(event -> LAST.equals(event.event()));
    }

    private Mono<SignatureJob> found(String id) {
        return jobs.find(id).switchIfEmpty(Mono.error(() -> new NoSuchElementException("There is no such job")));
    }

    private Mono<ServerSentEvent<String>> event(SignatureJob job) {
        return html.part("job", "changing", Map.of("job", job))
                .map(part -> ServerSentEvent.builder(part)
                        .event(job.isFinal() ? LAST : "change")
                        .build());
    }
}
