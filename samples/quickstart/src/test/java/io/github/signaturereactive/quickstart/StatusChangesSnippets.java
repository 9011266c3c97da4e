package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.ProcessingFailure;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The Java code of docs/status-changes.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class StatusChangesSnippets {

    private static final Logger LOG = LoggerFactory.getLogger(StatusChangesSnippets.class);

    private StatusChangesSnippets() {}

    static Disposable poll(PortalClient portal, Function<PortalJobStatusChanged, Mono<Void>> store, Sender sender) {
        // [poll
        Flux<PortalJobStatusChanged> confirmed = portal.statusChanges(sender)
                .concurrency(4)
                .confirmAfter(change -> store.apply(change)); // saves the signed document, too; must be idempotent

        Disposable polling = confirmed.subscribe(
                change -> LOG.info("Confirmed {}", change), error -> LOG.error("Polling has ended", error));
        // poll]
        return polling;
    }

    static Flux<PortalJobStatusChanged> options(
            PortalClient portal,
            Function<PortalJobStatusChanged, Mono<Void>> store,
            Sender sender,
            Mono<Void> shutdown,
            PollPermits shared) {
        // [options
        Flux<PortalJobStatusChanged> confirmed = portal.statusChanges(sender)
                .onProcessingFailure(ProcessingFailure.retry(Retry.backoff(3, Duration.ofSeconds(1))))
                .stopWhen(shutdown, Duration.ofSeconds(20)) // no more polls; changes in flight are completed
                .permits(shared) // several instances on one queue
                .jitter(Duration.ofSeconds(5))
                .listener(event -> LOG.debug("{}", event))
                .confirmAfter((change, delivery) -> delivery.redelivered() ? Mono.empty() : store.apply(change));
        // options]
        return confirmed;
    }

    static Flux<Void> receive(PortalClient portal, Function<PortalJobStatusChanged, Mono<Void>> store, Sender sender) {
        // [receive
        Flux<Void> confirmed = portal.statusChanges(sender)
                .receive()
                .concatMap(received -> store.apply(received.value()).then(received.confirm()), 0);
        // receive]
        return confirmed;
    }

    // [redis
    record RedisPermits(RedisReactiveCommands<String, String> redis) implements PollPermits {
        @Override
        public Mono<Duration> acquire(String queue) {
            return redis.set(queue, "", SetArgs.Builder.nx().px(Duration.ofSeconds(3)))
                    .map(acquired -> Duration.ZERO)
                    .switchIfEmpty(redis.pttl(queue).map(millis -> Duration.ofMillis(Math.max(1, millis))));
        }

        @Override
        public Mono<Void> notBefore(String queue, Duration wait) {
            return redis.psetex(queue, wait.toMillis() + 1, "").then();
        }
    }
    // redis]
}
