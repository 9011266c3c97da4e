package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.ApiResponse;
import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.Polled;
import io.github.signaturereactive.poll.StatusQueue;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A polling queue of the service, which maps the responses to polls to {@link Polled}. */
final class JobStatusQueue<T extends Confirmable> implements StatusQueue<T> {

    private final ApiClient api;
    private final QueueAddress address;
    private final Reading<T> reading;

    JobStatusQueue(ApiClient api, QueueAddress address, Reading<T> reading) {
        this.api = api;
        this.address = address;
        this.reading = reading;
    }

    /**
     * Reads the status changes of a flow.
     *
     * @param message reads a status change from the XML
     * @param time adds the next permitted poll time, which is in a header
     * @param jobId returns the signature job id
     * @param identity returns a value that is equal for redeliveries of a change
     */
    record Reading<T>(
            Function<byte[], T> message,
            BiFunction<T, @Nullable Instant, T> time,
            ToLongFunction<T> jobId,
            Function<T, Object> identity) {}

    @Override
    public String name() {
        return address.name();
    }

    @Override
    public Mono<Polled<T>> poll() {
        return api.poll(address.pathAndQuery(), this::polled)
                .onErrorResume(
                        UnexpectedResponseException.class,
                        error -> error.httpStatus() < 300
                                ? Mono.just(Polled.unreadable(error, null, null))
                                : Mono.error(error));
    }

    private Polled<T> polled(ApiResponse response) {
        @Nullable Instant date = response.serviceTime();
        @Nullable Instant next = response.nextPermittedPollTime();
        if (response.isRateLimited()) {
            return Polled.nothing(Polled.Outcome.RATE_LIMITED, date, next);
        }
        if (response.status() == 429) {
            return Polled.nothing(Polled.Outcome.TOO_EARLY, date, next);
        }
        if (response.status() == 204) {
            return Polled.nothing(Polled.Outcome.EMPTY, date, next);
        }
        try {
            return Polled.change(reading.time().apply(response.read(reading.message()), next), date, next);
        } catch (UnexpectedResponseException unreadable) {
            return Polled.unreadable(unreadable, date, next);
        }
    }

    @Override
    public Mono<Void> confirm(T change) {
        @Nullable ConfirmationReference reference = change.confirmationReference();
        return reference == null ? Mono.empty() : api.postEmpty(Operation.CONFIRM, reference.url());
    }

    @Override
    public long jobId(T change) {
        return reading.jobId().applyAsLong(change);
    }

    @Override
    public Object identity(T change) {
        return reading.identity().apply(change);
    }
}
