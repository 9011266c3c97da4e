package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.poll.PollEvent;
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

/** What waiting costs: ten thousand senders' pollers in one small process, all waiting for ten minutes. */
class TenThousandPollersTest {

    private static final int POLLERS = 10_000;

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

    /** Says which threads there are when one poller waits, and when all do. */
    static final class Child {

        static final String THREADS = "THREADS";

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            ClientConfiguration configuration = TestOrganization.configuration(URI.create(arguments[0]))
                    .keptIdle(Duration.ofSeconds(2))
                    // However slow the machine is: a poll that times out is made again, and each is to be made once.
                    .calls(calls ->
                            calls.withResponseTimeout(Duration.ofMinutes(2)).withIdleTimeout(Duration.ofMinutes(2)))
                    .build();
            SignatureClient client = SignatureClient.create(configuration);
            Disposable.Composite pollers = Disposables.composite();
            start(client, 0, 1, pollers);
            while (!threads().containsKey("parallel-#")) {
                // The timer is set right after the poller has said that it waits.
                Thread.onSpinWait();
            }
            System.out.println(THREADS + " " + threads());
            start(client, 1, POLLERS, pollers);
            System.out.println(THREADS + " " + threads());
            String end = new Scanner(System.in, UTF_8).next();
            pollers.dispose();
            client.disposeLater().block(Duration.ofSeconds(20));
            System.out.println(end);
        }

        /** Starts these pollers and waits until they all wait. */
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

        /** The kinds of threads. Those of a kind are started when they are first needed, up to a number that is fixed. */
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
