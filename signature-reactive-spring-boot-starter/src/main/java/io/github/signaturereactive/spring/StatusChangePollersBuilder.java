package io.github.signaturereactive.spring;

import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A builder of {@link StatusChangePollers}, for applications that do not use the auto-configuration. Each setter returns this builder. */
public final class StatusChangePollersBuilder {

    private final List<Function<StatusChangePollersBuilder, PolledHandler<?>>> handlers = new ArrayList<>();
    private @Nullable Sender defaultSender;
    private PollingDefaults defaults = new PollingDefaults() {
        @Override
        public <T extends StatusChange> StatusChanges<T> applyTo(StatusChanges<T> polling) {
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
     * @param client the client that polls
     * @param beans the handlers by bean name
     */
    public StatusChangePollersBuilder portal(PortalClient client, Map<String, PortalStatusChangeHandler> beans) {
        var queues = new Queues<PortalJobStatusChanged>("portal", client::statusChanges, client::statusChanges);
        beans.forEach((name, handler) -> add(queues, name, handler));
        return this;
    }

    /**
     * Adds handlers of direct jobs.
     *
     * @param client the client that polls
     * @param beans the handlers by bean name
     */
    public StatusChangePollersBuilder direct(DirectClient client, Map<String, DirectStatusChangeHandler> beans) {
        var queues = new Queues<DirectJobStatusResponse>("direct", client::statusChanges, client::statusChanges);
        beans.forEach((name, handler) -> add(queues, name, handler));
        return this;
    }

    <T extends StatusChange> void add(Queues<T> queues, String name, StatusChangeHandler<T> handler) {
        handlers.add(builder -> builder.polled(queues, name, handler));
    }

    /** Sets the sender for handlers that name none. Defaults to null, which means the default sender of the client. */
    public StatusChangePollersBuilder defaultSender(@Nullable Sender sender) {
        this.defaultSender = sender;
        return this;
    }

    /** Sets the default options of polling. Defaults to those of the SDK. */
    public StatusChangePollersBuilder defaults(PollingDefaults defaults) {
        this.defaults = defaults;
        return this;
    }

    /**
     * Sets the waits before polling is restarted after an error that ended it. The wait doubles with each consecutive error, and a random
     * part of up to half of it is added. The longest wait applies immediately after an error of the service or the client, such as a
     * rejected certificate. Defaults to 5 seconds, up to 5 minutes.
     *
     * @param first the wait after the first error, more than zero
     * @param longest the longest wait, to which the random part is added, at least {@code first} and at most 365 days
     * @throws IllegalArgumentException if a wait is outside its limits
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

    /** Sets the observer of handling. Defaults to {@link StatusChangeObserver#NONE}. */
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
     * Creates the pollers, which are not started.
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
                        + one.flow() + " queue " + one.queue() + ". Each would receive only some of the changes.",
                "Handle all changes of the queue in one bean, or override pollingQueue() in one of them and create its jobs with a"
                        + " sender that has this queue.");
    }

    private <T extends StatusChange> PolledHandler<T> polled(
            Queues<T> queues, String name, StatusChangeHandler<T> handler) {
        @Nullable Sender sender = sender(name, handler);
        Scheduler timers = scheduler == null ? Schedulers.parallel() : scheduler;
        var poller = new StatusChangePoller(queues.flow(), queueName(sender), name, restart, timers);
        StatusChanges<T> polling = polling(queues, name, sender);
        StatusChanges<T> changes = defaults.applyTo(scheduler == null ? polling : polling.scheduler(scheduler));
        return new PolledHandler<>(poller, handler, handler.polling(changes), observer, drainWithin);
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

    private static <T extends StatusChange> StatusChanges<T> polling(
            Queues<T> queues, String name, @Nullable Sender sender) {
        try {
            return sender == null ? queues.ofDefaultSender().get() : queues.of().apply(sender);
        } catch (PreconditionException e) {
            UnusableStatusChangeHandlersException unusable = withoutSender(name);
            unusable.addSuppressed(e);
            throw unusable;
        }
    }

    private static UnusableStatusChangeHandlersException withoutSender(String name) {
        return new UnusableStatusChangeHandlersException(
                "The handler '" + name + "' has no sender, and there is no default sender.",
                "Set the default sender with the property 'signature.sender', or override sender() in the handler.");
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
     * @param of returns the polling of a sender's queue
     * @param ofDefaultSender returns the polling of the queue of the client's default sender
     * @param <T> the type of the status change
     */
    record Queues<T extends StatusChange>(
            String flow, Function<Sender, StatusChanges<T>> of, Supplier<StatusChanges<T>> ofDefaultSender) {}
}
