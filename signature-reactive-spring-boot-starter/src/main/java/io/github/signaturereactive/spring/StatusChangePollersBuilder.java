package io.github.signaturereactive.spring;

import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SenderNotSpecifiedException;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Describes the pollers of an application's handlers. */
public final class StatusChangePollersBuilder {

    private final List<Function<StatusChangePollersBuilder, PolledHandler<?>>> handlers = new ArrayList<>();
    private @Nullable Sender defaultSender;
    private PollingDefaults defaults = new PollingDefaults() {
        @Override
        public <T> StatusChanges<T> applyTo(StatusChanges<T> polling) {
            return polling;
        }
    };
    private Restart restart = new Restart(Duration.ofSeconds(5), Duration.ofMinutes(5));
    private Duration drainWithin = Duration.ofSeconds(29);
    private StatusChangeObserver observer = StatusChangeObserver.NONE;
    private @Nullable Scheduler scheduler;

    StatusChangePollersBuilder() {}

    /**
     * Adds handlers of portal jobs.
     *
     * @param client polls for them
     * @param beans the handlers by the names of their beans
     */
    public StatusChangePollersBuilder portal(PortalClient client, Map<String, PortalStatusChangeHandler> beans) {
        var queues = new Queues<PortalJobStatusChanged>(
                "portal", client::statusChanges, client::statusChanges, PortalJobStatusChanged::signatureJobId);
        beans.forEach((name, handler) -> add(queues, name, handler));
        return this;
    }

    /**
     * Adds handlers of direct jobs.
     *
     * @param client polls for them
     * @param beans the handlers by the names of their beans
     */
    public StatusChangePollersBuilder direct(DirectClient client, Map<String, DirectStatusChangeHandler> beans) {
        var queues = new Queues<DirectJobStatusResponse>(
                "direct", client::statusChanges, client::statusChanges, DirectJobStatusResponse::signatureJobId);
        beans.forEach((name, handler) -> add(queues, name, handler));
        return this;
    }

    <T> void add(Queues<T> queues, String name, StatusChangeHandler<T> handler) {
        handlers.add(builder -> builder.polled(queues, name, handler));
    }

    /** Configure whose changes are handled where a handler names no sender. Defaults to the client's own default sender. */
    public StatusChangePollersBuilder defaultSender(@Nullable Sender sender) {
        this.defaultSender = sender;
        return this;
    }

    /** Configure how queues are polled unless their handler says otherwise. Defaults to the SDK's defaults. */
    public StatusChangePollersBuilder defaults(PollingDefaults defaults) {
        this.defaults = defaults;
        return this;
    }

    /**
     * Configure how long a poller whose stream ended with an error waits before it begins anew. Twice as long after each in a row,
     * and up to half as long again, at random; the longest at once after what the service refused. Defaults to 5 s, up to 5 minutes.
     *
     * @param first after the first error
     * @param longest the longest wait, to which the random part is added, at most 365 days
     */
    public StatusChangePollersBuilder restart(Duration first, Duration longest) {
        this.restart = new Restart(first, longest);
        return this;
    }

    /**
     * Sets the time limit for changes in progress when the application stops. Defaults to 29 seconds.
     *
     * @param limit zero or more; 365 days if longer
     */
    public StatusChangePollersBuilder drainWithin(Duration limit) {
        this.drainWithin = limit;
        return this;
    }

    /** Configure who sees each handling. Defaults to nobody. */
    public StatusChangePollersBuilder observer(StatusChangeObserver observer) {
        this.observer = observer;
        return this;
    }

    /** Sets one scheduler for timers, the clock and handlers, such as a virtual one. Defaults to those of the client. */
    StatusChangePollersBuilder scheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
        return this;
    }

    /**
     * The pollers, not started yet.
     *
     * @throws UnusableStatusChangeHandlersException if two handlers are for the same queue, or if one has no sender
     */
    public StatusChangePollers build() {
        List<PolledHandler<?>> polled = new ArrayList<>();
        Map<String, StatusChangePoller> byQueue = new LinkedHashMap<>();
        for (var handler : handlers) {
            PolledHandler<?> one = handler.apply(this);
            StatusChangePoller poller = one.poller();
            @Nullable StatusChangePoller other = byQueue.put(poller.flow() + " queue " + poller.queue(), poller);
            if (other != null) {
                throw sameQueue(other, poller);
            }
            polled.add(one);
        }
        return new StatusChangePollers(polled);
    }

    private static UnusableStatusChangeHandlersException sameQueue(StatusChangePoller one, StatusChangePoller other) {
        return new UnusableStatusChangeHandlersException(
                "The beans '" + one.handler() + "' and '" + other.handler() + "' both handle the status changes of the "
                        + one.flow() + " queue " + one.queue() + ". Each would get only some of the changes.",
                "Let one of them handle all changes of the queue, or give one a queue of its own by overriding pollingQueue(), and"
                        + " create its jobs with a sender that names this queue.");
    }

    private <T> PolledHandler<T> polled(Queues<T> queues, String name, StatusChangeHandler<T> handler) {
        @Nullable Sender sender = sender(name, handler);
        Scheduler timers = scheduler == null ? Schedulers.parallel() : scheduler;
        var poller = new StatusChangePoller(queues.flow(), queueName(sender), name, restart, timers);
        StatusChanges<T> polling = polling(queues, name, sender);
        StatusChanges<T> changes = defaults.applyTo(scheduler == null ? polling : polling.scheduler(scheduler));
        return new PolledHandler<>(poller, handler, queues.jobId(), handler.polling(changes), observer, drainWithin);
    }

    private @Nullable Sender sender(String name, StatusChangeHandler<?> handler) {
        @Nullable Sender named = handler.sender();
        @Nullable Sender sender = named != null ? named : defaultSender;
        @Nullable PollingQueue queue = handler.pollingQueue();
        if (queue == null) {
            return sender;
        }
        if (sender == null) {
            throw withoutSender(name);
        }
        return new Sender(sender.organizationNumber(), queue);
    }

    private static <T> StatusChanges<T> polling(Queues<T> queues, String name, @Nullable Sender sender) {
        try {
            return sender == null ? queues.ofDefaultSender().get() : queues.of().apply(sender);
        } catch (SenderNotSpecifiedException e) {
            UnusableStatusChangeHandlersException unusable = withoutSender(name);
            unusable.addSuppressed(e);
            throw unusable;
        }
    }

    private static UnusableStatusChangeHandlersException withoutSender(String name) {
        return new UnusableStatusChangeHandlersException(
                "The bean '" + name + "' does not say whose status changes it handles, and there is no default sender.",
                "Configure the application's default sender by the properties signature.sender, or override sender() in the handler.");
    }

    private static String queueName(@Nullable Sender sender) {
        if (sender == null) {
            return "default";
        }
        PollingQueue queue = sender.pollingQueue();
        return queue.isDefault() ? sender.organizationNumber() : sender.organizationNumber() + "/" + queue.name();
    }

    /**
     * The queues of a flow.
     *
     * @param flow {@code portal} or {@code direct}
     * @param of polls a queue
     * @param ofDefaultSender polls the queue of the client's own default sender
     * @param jobId gives the service's number for a change's job
     * @param <T> the status change
     */
    record Queues<T>(
            String flow,
            Function<Sender, StatusChanges<T>> of,
            Supplier<StatusChanges<T>> ofDefaultSender,
            ToLongFunction<T> jobId) {}
}
