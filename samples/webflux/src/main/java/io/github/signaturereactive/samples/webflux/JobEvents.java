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

/** A job as it changes, for the page that shows it. */
@RestController
final class JobEvents {

    /** How often the database is read without any news: another instance of this application may have dealt with the change. */
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
     * The part of the page that changes: as it is, again after each change, and no more once the job will not change any more. What is
     * between two changes that follow each other closely may be left out. In between comes a sign of life, by which it is noticed
     * if the browser is gone.
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
