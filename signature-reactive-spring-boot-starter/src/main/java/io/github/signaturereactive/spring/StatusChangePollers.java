package io.github.signaturereactive.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The pollers of all handlers of the application. They start after the web server, if there is one, and stop during its graceful
 * shutdown. When they stop, polling ends, and changes in progress are handled and confirmed. Changes that are still in progress after the
 * time limit are cancelled and not confirmed. Stopped pollers can be started again.
 */
public final class StatusChangePollers implements SmartLifecycle, DisposableBean {

    /** The phase of the web server's graceful shutdown, so both run at the same time. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final List<PolledHandler<?>> handlers;
    private @Nullable Run run;

    StatusChangePollers(List<PolledHandler<?>> handlers) {
        this.handlers = List.copyOf(handlers);
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static StatusChangePollersBuilder builder() {
        return new StatusChangePollersBuilder();
    }

    /**
     * The polling between a start and a stop.
     *
     * @param stop signals the pollers to stop; a sink, because the container calls {@link SmartLifecycle#stop}
     * @param end completes when all pollers have stopped, for each subscriber
     * @param polling the subscription to all pollers
     */
    private record Run(Sinks.Empty<Void> stop, Mono<Void> end, Disposable polling) {}

    /** {@return the pollers, one for each handler} */
    public List<StatusChangePoller> pollers() {
        return handlers.stream().map(PolledHandler::poller).toList();
    }

    @Override
    public synchronized void start() {
        if (run == null) {
            Sinks.Empty<Void> stop = Sinks.empty();
            ConnectableFlux<Void> end = Mono.whenDelayError(handlers.stream()
                            .map(handler -> handler.run(stop.asMono()))
                            .toList())
                    .flux()
                    .replay(1);
            run = new Run(stop, end.then().onErrorComplete(), end.connect());
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        @Nullable Run stopped = stopPolling();
        if (stopped == null) {
            callback.run();
            return;
        }
        // Owned by the run itself: it ends when the pollers have stopped, or are cancelled by destroy().
        var unused = stopped.end()
                .doFinally(signal -> {
                    ended(stopped);
                    callback.run();
                })
                .subscribe();
    }

    private synchronized @Nullable Run stopPolling() {
        if (run != null) {
            pollers().forEach(StatusChangePoller::stopping);
            var unused = run.stop().tryEmitEmpty();
        }
        return run;
    }

    private synchronized void ended(Run ended) {
        if (ended.equals(run)) {
            run = null;
        }
    }

    /** Cancels pollers that were not stopped. */
    @Override
    public synchronized void destroy() {
        if (run != null) {
            run.polling().dispose();
            run = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return run != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
