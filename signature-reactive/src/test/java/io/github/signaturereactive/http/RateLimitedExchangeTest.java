package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When a request counts against the limit, and until when. */
class RateLimitedExchangeTest {

    private static final URI SERVICE = URI.create("http://localhost:8080/api");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Sinks.One<Integer>> sent = new ArrayList<>();
    private final List<Integer> handled = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    /** Sends requests whose responses the test gives, as statuses. */
    private final Exchange network = new Exchange() {
        @Override
        public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
            return Flux.defer(() -> {
                Sinks.One<Integer> status = Sinks.one();
                sent.add(status);
                return status.asMono()
                        .flatMapMany(code -> handler.handle(new ClientResponse(
                                request, code, new DefaultHttpHeaders(), null, Flux.empty(), Duration.ofSeconds(1))));
            });
        }
    };

    private final Exchange exchange = new RateLimitedExchange(
            new RateLimiter(2, Duration.ofSeconds(30), time, () -> time.now(TimeUnit.NANOSECONDS)),
            new Origin(SERVICE, "123456789"),
            network);

    private Disposable send(ResponseHandler<Integer> handler) {
        ApiRequest request = ApiRequest.of(new Call(Operation.POLL, Flow.NONE), HttpMethod.GET, SERVICE);
        return exchange.send(request, handler).subscribe(handled::add, failed::add);
    }

    private Disposable send() {
        return send(response -> Flux.just(response.status()));
    }

    private void sendRequests(int requests) {
        for (int i = 0; i < requests; i++) {
            Disposable unused = send();
        }
    }

    @Test
    void requestsWaitUntilASecondAfterAResponseHoweverLongItTakes() {
        sendRequests(4);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(sent).hasSize(2);

        sent.get(1).tryEmitValue(200).orThrow();
        time.advanceTimeBy(Duration.ofMillis(1_049));
        assertThat(sent).hasSize(2);
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(sent).hasSize(3);
        assertThat(handled).containsExactly(200);
    }

    @Test
    void downloadHoldsItsSlotUntilItsHeadersOnly() {
        Disposable first = send(response -> Flux.never());
        Disposable second = send(response -> Flux.never());
        sendRequests(1);

        sent.get(0).tryEmitValue(200).orThrow();
        time.advanceTimeBy(Duration.ofMillis(1_050));

        assertThat(sent).hasSize(3);
        assertThat(first.isDisposed() || second.isDisposed()).isFalse();
    }

    @Test
    void failedRequestCountsUnlessItWasNeverSent() {
        sendRequests(4);

        sent.get(0)
                .tryEmitError(new ServiceUnreachableException("refused", false, true, null))
                .orThrow();
        assertThat(sent).hasSize(3);
        sent.get(1)
                .tryEmitError(new ServiceUnreachableException("reset", true, true, null))
                .orThrow();
        assertThat(sent).hasSize(3);
        time.advanceTimeBy(Duration.ofMillis(1_050));

        assertThat(sent).hasSize(4);
        assertThat(failed).hasSize(2);
    }

    @Test
    void cancelledRequestCounts() {
        Disposable first = send();
        sendRequests(2);

        first.dispose();
        assertThat(sent).hasSize(2);
        time.advanceTimeBy(Duration.ofMillis(1_050));

        assertThat(sent).hasSize(3);
    }

    @Test
    void cancelledWhileWaitingIsNeverSent() {
        sendRequests(2);
        Disposable third = send();

        third.dispose();
        sent.get(0).tryEmitValue(200).orThrow();
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(sent).hasSize(2);
    }
}
