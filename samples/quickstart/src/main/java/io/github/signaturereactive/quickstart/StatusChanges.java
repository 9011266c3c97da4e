package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.TooEagerPollingException;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Polls a queue, one poll at a time, and never before the service permits the next one. */
final class StatusChanges {

    /** As long as the service makes clients wait in production; for the answer that does not say how long. */
    private static final Duration UNTOLD = Duration.ofMinutes(10);

    /** Timers and clocks do not run at exactly the same pace, and a poll too late is better than one too early. */
    private static final Duration MARGIN = Duration.ofMillis(10);

    private final PortalClient portal;
    private final Sender sender;

    StatusChanges(PortalClient portal, Sender sender) {
        this.portal = portal;
        this.sender = sender;
    }

    /**
     * Every answer to a poll, those without changes included. A change is emitted after it has been processed and then
     * confirmed; if its processing fails, it is not confirmed, the service offers it again, and this ends with the error.
     *
     * @param processing what to do with a change, on a thread that may block
     */
    Flux<PortalJobStatusChanged> confirmAfter(Function<PortalJobStatusChanged, Publisher<?>> processing) {
        return next(processing)
                .expand(answer -> Mono.delay(untilPermitted(answer.nextPermittedPollTime()))
                        .then(next(processing)));
    }

    private Mono<PortalJobStatusChanged> next(Function<PortalJobStatusChanged, Publisher<?>> processing) {
        return poll().publishOn(Schedulers.boundedElastic())
                .delayUntil(answer -> answer.is(PortalJobStatus.NO_CHANGES)
                        ? Mono.empty()
                        : Flux.from(processing.apply(answer)).then(portal.confirm(answer)))
                .publishOn(Schedulers.boundedElastic());
    }

    /** Somebody else may be polling the same queue; then the service says when it is our turn. */
    private Mono<PortalJobStatusChanged> poll() {
        return portal.getStatusChange(sender)
                .onErrorResume(
                        TooEagerPollingException.class,
                        tooEarly -> Mono.delay(untilPermitted(tooEarly.nextPermittedPollTime()))
                                .then(poll()));
    }

    private static Duration untilPermitted(@Nullable Instant time) {
        if (time == null) {
            return UNTOLD;
        }
        Duration wait = Duration.between(Instant.now(), time);
        return (wait.isNegative() ? Duration.ZERO : wait).plus(MARGIN);
    }
}
