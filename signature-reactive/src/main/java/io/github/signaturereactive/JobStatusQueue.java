package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.ApiResponse;
import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.poll.Polled;
import io.github.signaturereactive.poll.StatusQueue;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A polling queue of the service, which maps the responses to polls to {@link Polled}. */
final class JobStatusQueue<T extends StatusChange & Confirmable> implements StatusQueue<T> {

    private final ApiClient api;
    private final QueueAddress address;
    private final BiFunction<byte[], @Nullable Instant, T> reader;

    JobStatusQueue(ApiClient api, QueueAddress address, BiFunction<byte[], @Nullable Instant, T> reader) {
        this.api = api;
        this.address = address;
        this.reader = reader;
    }

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
            return Polled.change(response.read(body -> reader.apply(body, next)), date, next);
        } catch (UnexpectedResponseException unreadable) {
            return Polled.unreadable(unreadable, date, next);
        }
    }

    @Override
    public Mono<Void> confirm(T change) {
        return api.confirm(change.confirmationReference());
    }
}
