package io.github.signaturereactive.poll;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;

/**
 * Subscribes to a publisher of the application and emits how it ended: with its last value, empty, or with an error.
 *
 * <p>It is written by hand because Reactor's operators throw the errors that they regard as fatal, such as a {@link
 * LinkageError}, instead of signalling them. The poller would then stop without a signal. This subscriber catches
 * errors thrown by the call or the subscription. It wraps fatal errors in an exception that operators signal. The end
 * is emitted as a value, because operators log an error that arrives after a cancellation as dropped.
 *
 * @param <R> the values of the publisher
 */
final class CallbackSubscriber<R> implements CoreSubscriber<R> {

    /** Wraps an error that Reactor regards as fatal. The error is the cause. */
    private static final class FatalErrorException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FatalErrorException(Throwable cause) {
            super(cause.getClass().getName(), cause);
        }
    }

    private final MonoSink<Signal<R>> end;
    private final Disposable.Swap subscription = Disposables.swap();
    private @Nullable R last;

    private CallbackSubscriber(MonoSink<Signal<R>> end) {
        this.end = end;
    }

    /**
     * Calls the application and subscribes to the publisher that it returns.
     *
     * @return the last value, the completion or the error of the publisher, or the error of the call, as a signal
     */
    static <R> Mono<Signal<R>> materialize(Supplier<? extends Publisher<? extends R>> call) {
        return Mono.create(end -> new CallbackSubscriber<R>(end).subscribe(call));
    }

    /** Returns the error that the application threw or signalled. */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof FatalErrorException && cause != null ? cause : error;
    }

    private void subscribe(Supplier<? extends Publisher<? extends R>> call) {
        var unused = end.onCancel(subscription);
        try {
            Objects.requireNonNull(call.get(), "The publisher that was returned is null")
                    .subscribe(this);
        } catch (Throwable error) {
            subscription.dispose();
            onError(error);
        }
    }

    @Override
    public Context currentContext() {
        return Context.of(end.contextView());
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        if (subscription.update(upstream::cancel)) {
            upstream.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(R value) {
        last = value;
    }

    @Override
    public void onError(Throwable error) {
        end.success(Signal.error(Exceptions.isFatal(error) ? new FatalErrorException(error) : error));
    }

    @Override
    public void onComplete() {
        end.success(last == null ? Signal.complete() : Signal.next(last));
    }
}
