package io.github.signaturereactive.http;

import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads messages without blocking an event loop: small ones at once, large ones on another thread. */
final class MessageReader {

    /** The size in bytes up to which reading takes less time than two thread switches. Messages of the service are smaller. */
    static final int MAX_BYTES_ON_EVENT_LOOP = 16 * 1024;

    private final Scheduler work;
    private final Scheduler eventLoops;

    MessageReader(Scheduler work, Scheduler eventLoops) {
        this.work = work;
        this.eventLoops = eventLoops;
    }

    /** Applies the reader to a response. The result is emitted on an event loop. */
    <T> Mono<T> read(ApiResponse response, Function<ApiResponse, T> reader) {
        Mono<T> result = Mono.fromSupplier(() -> reader.apply(response));
        return response.body().length <= MAX_BYTES_ON_EVENT_LOOP
                ? result
                : result.subscribeOn(work).publishOn(eventLoops);
    }
}
