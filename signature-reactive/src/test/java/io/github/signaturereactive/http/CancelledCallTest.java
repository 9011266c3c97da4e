package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ClientClosedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.test.publisher.TestPublisher;

class CancelledCallTest {

    private final TestPublisher<String> call =
            TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
    private final Recorder subscriber = new Recorder();

    @Test
    void errorBeforeCancellationIsDelivered() {
        var closed = new ClientClosedException("GET /");
        DroppedErrors.logged(call.flux()).subscribe(subscriber);

        call.error(closed);

        assertThat(subscriber.errors).containsExactly(closed);
    }

    @Test
    void errorAfterCancellationIsNotDelivered() {
        DroppedErrors.logged(call.flux()).subscribe(subscriber);

        subscriber.cancel();
        call.error(new ClientClosedException("GET /"));

        assertThat(subscriber.errors).isEmpty();
    }

    @Test
    void otherErrorAfterCancellationIsDelivered() {
        var failure = new IllegalStateException("of the application");
        DroppedErrors.logged(call.flux()).subscribe(subscriber);

        subscriber.cancel();
        call.error(failure);

        assertThat(subscriber.errors).containsExactly(failure);
    }

    /** Records errors, those after its cancellation included. */
    private static final class Recorder implements CoreSubscriber<String> {

        private final List<Throwable> errors = new ArrayList<>();
        private Subscription subscription = Operators.emptySubscription();

        void cancel() {
            subscription.cancel();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(String value) {}

        @Override
        public void onError(Throwable error) {
            errors.add(error);
        }

        @Override
        public void onComplete() {}
    }
}
