package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy of sockets and bytes, for CONNECT and for SOCKS 5. Whatever host is asked for, it leads to this machine, as a proxy
 * leads to where its own name service says.
 */
final class TestProxy implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Handshake handshake;

    /** How a client asks for a connection. */
    private interface Handshake {
        /** The port that the client wants to reach, or -1 if the client was refused. */
        int with(DataInputStream in, OutputStream out, List<String> asked) throws IOException;
    }

    private TestProxy(Handshake handshake) throws IOException {
        this.handshake = handshake;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    sockets.add(client);
                    threads.execute(() -> serve(client));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** An HTTP proxy that demands this {@code Proxy-Authorization}, or none if null. */
    static TestProxy http(String authorization) throws IOException {
        return new TestProxy((in, out, asked) -> {
            String request = head(in);
            asked.add(request);
            if (authorization != null && !request.contains("\r\nproxy-authorization: " + authorization + "\r\n")) {
                out.write(
                        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                return -1;
            }
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            return Integer.parseInt(request.replaceFirst("(?s)^CONNECT [^ ]*:([0-9]+) .*", "$1"));
        });
    }

    /** An HTTP proxy that answers every request with this, and then closes the connection. */
    static TestProxy answering(String response) throws IOException {
        return new TestProxy((in, out, asked) -> {
            asked.add(head(in));
            out.write(response.getBytes(ISO_8859_1));
            return -1;
        });
    }

    /** A SOCKS proxy that demands this user name and password, or none if null. */
    static TestProxy socks5(String username, String password) throws IOException {
        return new TestProxy((in, out, asked) -> {
            in.readByte();
            byte[] methods = in.readNBytes(in.readByte());
            int method = username == null ? 0 : 2;
            out.write(new byte[] {5, (byte) method});
            if (method == 2) {
                in.readByte();
                String given = text(in) + ":" + text(in);
                boolean right = given.equals(username + ":" + password);
                out.write(new byte[] {1, (byte) (right ? 0 : 1)});
                if (!right || methods.length == 0) {
                    asked.add("refused");
                    return -1;
                }
            }
            in.readNBytes(3);
            int addressType = in.readByte();
            String host = addressType == 3
                    ? text(in)
                    : InetAddress.getByAddress(in.readNBytes(addressType == 1 ? 4 : 16))
                            .getHostAddress();
            int port = in.readUnsignedShort();
            asked.add(host + ":" + port);
            out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            return port;
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** What clients asked for: the heads of requests, or host and port. */
    List<String> asked() {
        return asked;
    }

    private void serve(Socket client) {
        try (client) {
            int port = handshake.with(new DataInputStream(client.getInputStream()), client.getOutputStream(), asked);
            if (port < 0) {
                return;
            }
            try (var target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                sockets.add(target);
                threads.execute(() -> pump(target, client));
                pump(client, target);
            }
        } catch (IOException broken) {
            // One side went away, and so the other does.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // One side went away, and so the other does.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int unit = in.read();
            if (unit < 0) {
                throw new EOFException();
            }
            head.append((char) unit);
        }
        return head.toString();
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
