package io.github.signaturereactive.poll;

import java.util.function.Consumer;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Tells the listener what happens, and the log what goes wrong; of errors the log gets what cannot be personal. */
final class Reporter {

    private static final Logger LOG = Loggers.getLogger(StatusChanges.class);

    private final Consumer<? super PollEvent> listener;

    Reporter(Consumer<? super PollEvent> listener) {
        this.listener = listener;
    }

    void tell(PollEvent event) {
        log(event);
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
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
