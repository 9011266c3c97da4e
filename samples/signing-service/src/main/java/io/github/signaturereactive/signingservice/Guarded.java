package io.github.signaturereactive.signingservice;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Work that signals every error it throws. Reactor rethrows the errors it calls fatal, such as
 * {@link NoClassDefFoundError}, and the request would be left without a response.
 */
final class Guarded {

    private Guarded() {}

    /** Calls the work for each subscriber, and emits what it returns. */
    static <T> Mono<T> call(Callable<? extends T> work) {
        return Mono.fromCallable(() -> {
            try {
                return work.call();
            } catch (Error error) {
                throw new IllegalStateException("The signing service failed: " + error, error);
            }
        });
    }

    /** Asks for a source for each subscriber, and emits what that emits. */
    static <T> Mono<T> defer(Supplier<Mono<T>> source) {
        return Mono.defer(() -> {
            try {
                return source.get();
            } catch (Error error) {
                throw new IllegalStateException("The signing service failed: " + error, error);
            }
        });
    }
}
