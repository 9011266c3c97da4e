package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A server of sockets and bytes, which misbehaves exactly as told, and remembers what each connection brought.
 */
final class RawServer implements AutoCloseable {

    /** What the server does with a connection. */
    interface Conversation {
        void with(Peer peer) throws IOException;
    }

    /** One connection. */
    static final class Peer {

        private static final int PIECE = 1 << 14;

        private final Socket socket;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final AtomicLong written = new AtomicLong();
        private final CountDownLatch ended = new CountDownLatch(1);

        private Peer(Socket socket) {
            this.socket = socket;
        }

        /** Reads until the bytes received so far contain the text; false if the connection ends before. */
        boolean readUntil(String text) throws IOException {
            return read(() -> received().contains(text));
        }

        /** Reads the headers of a request. */
        void readHeaders() throws IOException {
            if (!readUntil("\r\n\r\n")) {
                throw new EOFException("No request came");
            }
        }

        /** Reads until so many bytes have been received; false if the connection ends before. */
        boolean readAtLeast(int bytes) throws IOException {
            return read(() -> received.size() >= bytes);
        }

        /** Reads until the connection ends. */
        void readAll() throws IOException {
            assertThat(read(() -> false)).isFalse();
        }

        private boolean read(BooleanSupplier enough) throws IOException {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            while (!enough.getAsBoolean()) {
                int count = in.read(buffer);
                if (count < 0) {
                    return false;
                }
                synchronized (received) {
                    received.write(buffer, 0, count);
                }
            }
            return true;
        }

        void write(String text) throws IOException {
            write(text.getBytes(ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            for (int from = 0; from < bytes.length; from += PIECE) {
                int length = Math.min(PIECE, bytes.length - from);
                socket.getOutputStream().write(bytes, from, length);
                written.addAndGet(length);
            }
        }

        /** How much the client, and the socket buffers on both sides, have taken so far. */
        long written() {
            return written.get();
        }

        /** Waits for the client to say something, though not for long. */
        void listenFor(Duration duration) throws IOException {
            socket.setSoTimeout(Math.toIntExact(duration.toMillis()));
            try {
                assertThat(socket.getInputStream().read()).isNotNegative();
            } catch (SocketTimeoutException silence) {
                socket.setSoTimeout(0);
            }
        }

        /** Begins anew, for the next request of the connection. */
        void forgetReceived() {
            synchronized (received) {
                received.reset();
            }
        }

        /** Ends the connection with a reset instead of a goodbye. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        String received() {
            synchronized (received) {
                return received.toString(ISO_8859_1);
            }
        }

        /** Waits until the conversation is over, by the client's going away or the server's. */
        void awaitEnd() throws InterruptedException {
            if (!ended.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The connection is still open");
            }
        }
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Peer> peers = new ArrayList<>();

    RawServer(Conversation conversation) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    var peer = new Peer(server.accept());
                    synchronized (peers) {
                        peers.add(peer);
                        peers.notifyAll();
                    }
                    threads.execute(() -> converse(conversation, peer));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void converse(Conversation conversation, Peer peer) {
        try (peer.socket) {
            conversation.with(peer);
        } catch (IOException broken) {
            // The client went away, which is what the tests look at.
        } finally {
            peer.ended.countDown();
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/api");
    }

    /** The connections so far. */
    List<Peer> peers() {
        synchronized (peers) {
            return List.copyOf(peers);
        }
    }

    /** The connection of this number, from 0, as soon as there is one. */
    Peer peer(int index) throws InterruptedException {
        synchronized (peers) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (peers.size() <= index) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("Only " + peers.size() + " connections came");
                }
                peers.wait(left);
            }
            return peers.get(index);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Peer peer : peers()) {
            peer.socket.close();
        }
        threads.shutdownNow();
    }
}
