package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.spring.StatusChangePoller;
import io.github.signaturereactive.spring.StatusChangePoller.Counts;
import io.github.signaturereactive.spring.StatusChangePollers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** A binder of metrics of the pollers, named {@code signature.poller.*}, with the tags {@code flow} and {@code queue}. */
public final class PollerMetrics implements MeterBinder {

    private final StatusChangePollers pollers;

    /**
     * Creates a binder for these pollers.
     *
     * @param pollers the pollers
     */
    public PollerMetrics(StatusChangePollers pollers) {
        this.pollers = pollers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        pollers.pollers().forEach(poller -> bind(poller, registry));
    }

    private static void bind(StatusChangePoller poller, MeterRegistry registry) {
        Tags tags = Tags.of("flow", poller.flow(), "queue", poller.queue());
        var counters = new Counters(poller, tags, registry);
        counters.count("changes", "Fetched status changes", Counts::changes);
        counters.count("redeliveries", "Fetched status changes that had been handled before", Counts::redeliveries);
        counters.count("confirmed", "Status changes that were handled and confirmed", Counts::confirmed);
        counters.count("failures", "Status changes whose handling failed", Counts::failures);
        counters.count(
                "too.early",
                "Polls that the service rejected as too early or because of too many calls",
                Counts::tooEarly);
        counters.count("back.offs", "Polls and confirmations that failed and were retried", Counts::backOffs);
        counters.count("restarts", "Restarts after an error that ended polling", Counts::restarts);
        Gauge.builder("signature.poller.in.flight", poller, StatusChangePoller::inFlight)
                .description("Status changes that are being handled")
                .tags(tags)
                .register(registry);
        TimeGauge.builder(
                        "signature.poller.wait",
                        poller,
                        TimeUnit.MILLISECONDS,
                        one -> one.lastWait().toMillis())
                .description("Last wait for the next permitted poll or after an error")
                .tags(tags)
                .register(registry);
    }

    private record Counters(StatusChangePoller poller, Tags tags, MeterRegistry registry) {

        void count(String name, String description, ToLongFunction<Counts> count) {
            FunctionCounter.builder("signature.poller." + name, poller, one -> count.applyAsLong(one.counts()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
