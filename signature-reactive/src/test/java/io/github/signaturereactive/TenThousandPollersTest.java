package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.testing.Soak;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Pollers of many senders, in full ten thousand, in one process with a small heap, all waiting for ten minutes. */
@Soak
class TenThousandPollersTest {

    private static final int POLLERS = Soak.FULL ? 10_000 : 1_000;

    /** Fewer than may wait for a connection. */
    private static final int STARTED_TOGETHER = 500;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Map<String, AtomicInteger> polls = new ConcurrentHashMap<>();
    private int openConnections;

    @Test
    @Timeout(180)
    void tenThousandWaitingPollersAreTimersNotThreadsOrConnections() throws Exception {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnChannelInit((observer, channel, address) -> {
                    count(1);
                    channel.closeFuture().addListener(closed -> count(-1));
                })
                .handle((request, response) -> {
                    polls.computeIfAbsent(request.uri(), uri -> new AtomicInteger())
                            .incrementAndGet();
                    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
                    return response.status(204)
                            .header(HttpHeaderNames.DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(now))
                            .header(
                                    "X-Next-permitted-poll-time",
                                    now.plusMinutes(10).toString())
                            .send();
                })
                .bindNow();
        try (var child = ChildJvm.start(
                Child.class, List.of("-Xmx128m"), List.of("http://127.0.0.1:" + server.port() + "/api"))) {
            String threadsOfOne = child.next(Child.THREADS);
            String threadsOfAll = child.next(Child.THREADS);

            assertThat(threadsOfAll).isEqualTo(threadsOfOne);
            awaitNoConnection();
            assertThat(polls).hasSize(POLLERS);
            assertThat(polls.values()).allMatch(count -> count.get() == 1);

            child.send("END");
            assertThat(child.exitCode()).isZero();
        } finally {
            server.disposeNow(Duration.ofSeconds(10));
        }
    }

    private synchronized void count(int change) {
        openConnections += change;
        notifyAll();
    }

    private synchronized void awaitNoConnection() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (openConnections > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(left)
                    .as("%s connections are still open", openConnections)
                    .isPositive();
            wait(left);
        }
    }

    /** Prints the threads while one poller waits, and while all do. */
    static final class Child {

        static final String THREADS = "THREADS";

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            ClientConfiguration configuration = TestOrganization.configuration(URI.create(arguments[0]))
                    .keptIdle(Duration.ofSeconds(2))
                    // On a slow machine, too, no poll may time out or fail without a connection, because each is
                    // counted.
                    .calls(calls -> calls.maxPending(POLLERS)
                            .acquireTimeout(TIMEOUT)
                            .responseTimeout(TIMEOUT)
                            .idleTimeout(TIMEOUT))
                    .build();
            SignatureClient client = SignatureClient.create(configuration);
            Disposable.Composite pollers = Disposables.composite();
            start(client, 0, 1, pollers);
            awaitEndOfCallbacks();
            while (!threads().containsKey("parallel-#")) {
                // The timer is set right after the event was reported.
                Thread.onSpinWait();
            }
            System.out.println(THREADS + " " + threads());
            for (int from = 1; from < POLLERS; from += STARTED_TOGETHER) {
                start(client, from, Math.min(from + STARTED_TOGETHER, POLLERS), pollers);
            }
            awaitEndOfCallbacks();
            System.out.println(THREADS + " " + threads());
            String end = new Scanner(System.in, UTF_8).next();
            pollers.dispose();
            client.disposeLater().block(Duration.ofSeconds(20));
            System.out.println(end);
        }

        /** Starts pollers and returns when all of them wait. */
        private static void start(SignatureClient client, int from, int to, Disposable.Composite pollers)
                throws InterruptedException {
            var waiting = new CountDownLatch(to - from);
            IntStream.range(from, to)
                    .forEach(i -> pollers.add(client.portal()
                            .statusChanges(new Sender(Integer.toString(100_000_000 + i)))
                            .listener(event -> {
                                if (event instanceof PollEvent.Empty) {
                                    waiting.countDown();
                                }
                            })
                            .confirmAfter(change -> Mono.empty())
                            .subscribe()));
            waiting.await();
        }

        /** Waits until the idle threads that called the listeners have ended. */
        private static void awaitEndOfCallbacks() throws InterruptedException {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("signature-blocking")) {
                    thread.join();
                }
            }
        }

        /** Returns the number of threads of each kind. A fixed pool starts its threads when they are first needed. */
        private static Map<String, String> threads() {
            Map<String, Integer> kinds = new TreeMap<>();
            Thread.getAllStackTraces()
                    .keySet()
                    .forEach(thread -> kinds.merge(thread.getName().replaceAll("[0-9]+", "#"), 1, Integer::sum));
            int fixed = Math.max(4, Runtime.getRuntime().availableProcessors());
            Map<String, String> bounded = new TreeMap<>();
            kinds.forEach((kind, count) -> bounded.put(kind, count <= fixed ? "at most " + fixed : "" + count));
            return bounded;
        }
    }
}
