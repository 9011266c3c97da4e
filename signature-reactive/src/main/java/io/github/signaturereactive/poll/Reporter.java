package io.github.signaturereactive.poll;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Logs the events of one subscription and passes them to its listener. Errors are logged without text that may be
 * personal.
 *
 * <p>Events are queued. A task on the scheduler for callbacks delivers them until the queue is empty. So the listener
 * receives one event at a time, in order, never on an event loop, and a listener that blocks does not delay polling.
 * Operators cannot do this: {@code publishOn} occupies a worker for the lifetime of the stream.
 */
final class Reporter {

    /** The maximum number of undelivered events. Further events are dropped. */
    static final int CAPACITY = 1_000;

    private static final Logger LOG = Loggers.getLogger(StatusChanges.class);

    private final @Nullable Consumer<? super PollEvent> listener;
    private final Scheduler callbacks;
    private final Queue<PollEvent> undelivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean warnedOfDrops = new AtomicBoolean();

    Reporter(@Nullable Consumer<? super PollEvent> listener, Scheduler callbacks) {
        this.listener = listener;
        this.callbacks = callbacks;
    }

    void report(PollEvent event) {
        log(event);
        if (listener != null) {
            enqueue(event, listener);
        }
    }

    private void enqueue(PollEvent event, Consumer<? super PollEvent> to) {
        int before = size.getAndUpdate(events -> Math.min(events + 1, CAPACITY));
        if (before == CAPACITY) {
            if (warnedOfDrops.compareAndSet(false, true)) {
                LOG.warn(
                        "{}: the listener is too slow: {} events wait for it. Until it catches up, events are dropped.",
                        event.queue(),
                        CAPACITY);
            }
            return;
        }
        undelivered.add(event);
        if (before == 0) {
            try {
                var unused = callbacks.schedule(() -> deliver(to));
            } catch (RejectedExecutionException e) {
                // The client has been closed. The count stays above zero, so no further task is scheduled.
                LOG.debug("The client has been closed, so {} is not reported", event);
            }
        }
    }

    private void deliver(Consumer<? super PollEvent> to) {
        do {
            @Nullable PollEvent event = undelivered.poll();
            while (event == null) {
                // Another thread has incremented the size and is about to add its event.
                Thread.onSpinWait();
                event = undelivered.poll();
            }
            deliver(event, to);
        } while (size.decrementAndGet() > 0);
    }

    private static void deliver(PollEvent event, Consumer<? super PollEvent> to) {
        try {
            to.accept(event);
        } catch (Throwable e) {
            // Catches errors too, so that the listener still receives later events.
            LOG.warn(
                    "The listener to status changes failed on {} with {}",
                    event.getClass().getSimpleName(),
                    e.getClass().getName());
        }
    }

    private static void log(PollEvent event) {
        if (event instanceof PollEvent.ProcessingFailed failed) {
            LOG.warn(
                    "{}: processing the change of job {} failed with {}",
                    failed.queue(),
                    failed.jobId(),
                    failed.error().getClass().getName());
        } else if (event instanceof PollEvent.ConfirmationFailed failed) {
            LOG.warn(
                    "{}: the change of job {} is processed, but could not be confirmed: {}",
                    failed.queue(),
                    failed.jobId(),
                    failed.error().getMessage());
        } else if (event instanceof PollEvent.ProcessingOverdue overdue) {
            LOG.warn(
                    "{}: the change of job {} is still being processed {} after it was fetched, and is offered again",
                    overdue.queue(),
                    overdue.jobId(),
                    overdue.hidden());
        } else if (event instanceof PollEvent.StillInFlight inFlight) {
            LOG.warn(
                    "{}: the change of job {} was delivered again while it is still in flight; the new delivery is dropped",
                    inFlight.queue(),
                    inFlight.jobId());
        } else if (event instanceof PollEvent.WaitCapped capped) {
            LOG.warn(
                    "{}: the next poll is permitted in {}, which is more than maxWait; polling in {}",
                    capped.queue(),
                    capped.requested(),
                    capped.pause());
        } else if (event instanceof PollEvent.Unreadable unreadable) {
            LOG.warn("{}: {}", unreadable.queue(), unreadable.error().getMessage());
        } else if (event instanceof PollEvent.PermitsUnavailable unavailable) {
            LOG.warn(
                    "{}: permitted times cannot be shared: {}",
                    unavailable.queue(),
                    unavailable.error().getClass().getName());
        } else if (event instanceof PollEvent.BackingOff backingOff) {
            LOG.info(
                    "{}: trying again in {} ms: {}",
                    backingOff.queue(),
                    backingOff.pause().toMillis(),
                    backingOff.error().getMessage());
        } else {
            LOG.debug("{}", event);
        }
    }
}
