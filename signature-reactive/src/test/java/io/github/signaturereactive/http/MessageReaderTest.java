package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class MessageReaderTest {

    private final Scheduler work = Schedulers.newSingle("work");
    private final Scheduler eventLoops = Schedulers.newSingle("loop");
    private final AtomicReference<String> readOn = new AtomicReference<>();

    @AfterEach
    void disposeSchedulers() {
        work.dispose();
        eventLoops.dispose();
    }

    @Test
    void largeMessageIsReadOnWorkerAndEmittedOnEventLoop() {
        StepVerifier.create(emittingThread(MessageReader.MAX_BYTES_ON_EVENT_LOOP + 1))
                .assertNext(thread -> assertThat(thread).startsWith("loop"))
                .verifyComplete();

        assertThat(readOn.get()).startsWith("work");
    }

    @Test
    void smallMessageIsReadWhereItArrives() {
        String caller = Thread.currentThread().getName();

        StepVerifier.create(emittingThread(MessageReader.MAX_BYTES_ON_EVENT_LOOP))
                .expectNext(caller)
                .verifyComplete();

        assertThat(readOn).hasValue(caller);
    }

    private Mono<String> emittingThread(int bytes) {
        var response = new ApiResponse(
                ApiRequest.of(new Call(Operation.WHO_AM_I, Flow.NONE), HttpMethod.GET, URI.create("http://localhost/")),
                200,
                EmptyHttpHeaders.INSTANCE,
                null,
                false,
                new byte[bytes]);
        return new MessageReader(work, eventLoops)
                .read(response, body -> {
                    readOn.set(Thread.currentThread().getName());
                    return body;
                })
                .map(read -> Thread.currentThread().getName());
    }
}
