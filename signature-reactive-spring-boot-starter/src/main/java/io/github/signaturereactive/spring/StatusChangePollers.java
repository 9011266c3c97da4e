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
 * The pollers of all handlers of the application. They start when its web server, if there is one, has started, and stop while it
 * shuts down gracefully: polling ends, what is being handled is finished and confirmed, within Boot's graceful-shutdown time, and what
 * is still being handled then is cancelled and stays unconfirmed. Started again, they poll again.
 */
public final class StatusChangePollers implements SmartLifecycle, DisposableBean {

    /** That of the graceful shutdown of Boot's web server: both go on at the same time, and share the time there is. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final List<PolledHandler<?>> handlers;
    private @Nullable Run run;

    StatusChangePollers(List<PolledHandler<?>> handlers) {
        this.handlers = List.copyOf(handlers);
    }

    /** Starts to describe the pollers. */
    public static StatusChangePollersBuilder builder() {
        return new StatusChangePollersBuilder();
    }

    /**
     * One time from start to stop.
     *
     * @param stop tells the pollers to stop; a sink, since it is the container that says so
     * @param end completes when all have stopped, for everybody who asks
     * @param polling what cancels all of it
     */
    private record Run(Sinks.Empty<Void> stop, Mono<Void> end, Disposable polling) {}

    /** The pollers, one for each handler. */
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

    /** Cancels what still runs, if the container never came to stop it. */
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
