package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class BundleProcessingTest {

    private static final PortalJob JOB = PortalJob.builder(
                    "Title",
                    List.of(PortalDocument.builder("Document", new byte[1]).build()),
                    List.of(PortalSigner.identifiedByEmail("signer@example.com").build()))
            .build();

    /** Reactor's {@code publish()} requests more while it emits, so this request is a moment at which it emits. */
    @Test
    void cancellationWhileBytesAreEmittedCancelsTheBundle() throws Exception {
        Scheduler blocking = Schedulers.newSingle("test");
        var cancelled = new CountDownLatch(1);
        var requests = new AtomicInteger();
        var subscriber = new ReleasingSubscriber();
        Flux<ByteBuf> bundle = Flux.concat(Flux.just(Unpooled.wrappedBuffer(new byte[1])), Flux.<ByteBuf>never())
                .doOnRequest(amount -> {
                    if (requests.incrementAndGet() == 2) {
                        subscriber.cancel();
                    }
                })
                .doOnCancel(cancelled::countDown);
        var processing = new BundleProcessing(List.of((job, work) -> (same, bytes) -> bytes));

        processing
                .accompany(JOB, bundle, Schedulers.immediate(), blocking, ByteBufAllocator.DEFAULT)
                .subscribe(subscriber);

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        blocking.dispose();
    }

    private static final class ReleasingSubscriber extends BaseSubscriber<ByteBuf> {

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            buffer.release();
        }
    }
}
