package io.github.signaturereactive.signingservice.protocol;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Variants of operators of {@link Mono} that emit every error. Reactor rethrows errors that it considers fatal, such as
 * {@link NoClassDefFoundError}. The request would then get no response.
 */
public final class NonFatalErrors {

    private NonFatalErrors() {}

    /** Calls the work for each subscriber and emits its result. */
    public static <T> Mono<T> fromCallable(Callable<? extends T> work) {
        return Mono.fromCallable(() -> {
            try {
                return work.call();
            } catch (Error error) {
                throw new IllegalStateException("The signing service failed: " + error, error);
            }
        });
    }

    /** Creates a source for each subscriber and emits its signals. */
    public static <T> Mono<T> defer(Supplier<Mono<T>> source) {
        return Mono.defer(() -> {
            try {
                return source.get();
            } catch (Error error) {
                throw new IllegalStateException("The signing service failed: " + error, error);
            }
        });
    }
}
