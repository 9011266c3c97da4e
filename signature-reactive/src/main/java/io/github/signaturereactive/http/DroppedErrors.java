package io.github.signaturereactive.http;

import io.github.signaturereactive.job.SignatureException;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * Logs errors that come after a cancellation at DEBUG. A call that is cancelled while its connection breaks, or while the client is
 * closed, is nothing to act upon, but Reactor logs such errors at ERROR.
 */
public final class DroppedErrors {

    private static final Logger LOG = Loggers.getLogger(DroppedErrors.class);

    /** The key under which operators look for a hook of their subscription. */
    private static final String HOOK = "reactor.onErrorDropped.local";

    private DroppedErrors() {}

    /** Returns the context for the operators of a call. Errors that are not of the call itself are dropped as without this hook. */
    public static Context ofCall(Context context) {
        Consumer<Throwable> hook = error -> {
            if (isOfCall(error)) {
                log(error);
            } else {
                Operators.onErrorDropped(error, context);
            }
        };
        return context.put(HOOK, hook);
    }

    private static boolean isOfCall(Throwable error) {
        return error instanceof SignatureException
                || error instanceof RejectedExecutionException
                || error instanceof NoSuchElementException;
    }

    private static void log(Throwable error) {
        LOG.debug("After a cancellation: {}", error.toString());
    }

    /** Returns the call without errors after a cancellation. */
    static <T> Mono<T> logged(Mono<T> call) {
        return call.contextWrite(DroppedErrors::ofCall)
                .transform(Operators.<T, T>lift((scannable, subscriber) -> new UntilCancelled<>(subscriber)));
    }

    /** Returns the call without errors after a cancellation. */
    static <T> Flux<T> logged(Flux<T> call) {
        return call.contextWrite(DroppedErrors::ofCall)
                .transform(Operators.<T, T>lift((scannable, subscriber) -> new UntilCancelled<>(subscriber)));
    }

    /** Written by hand, because the operators that stop passing on signals after a cancellation have queues or change threads. */
    private static final class UntilCancelled<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> subscriber;
        private Subscription upstream = Operators.emptySubscription();
        private volatile boolean cancelled;

        UntilCancelled(CoreSubscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public Context currentContext() {
            return subscriber.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            subscriber.onSubscribe(this);
        }

        @Override
        public void onNext(T value) {
            subscriber.onNext(value);
        }

        @Override
        public void onError(Throwable error) {
            if (cancelled && isOfCall(error)) {
                log(error);
            } else {
                subscriber.onError(error);
            }
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }

        @Override
        public void request(long count) {
            upstream.request(count);
        }

        @Override
        public void cancel() {
            cancelled = true;
            upstream.cancel();
        }
    }
}
