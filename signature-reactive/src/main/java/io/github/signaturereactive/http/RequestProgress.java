package io.github.signaturereactive.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

/** The progress of one request. It determines whether the service may have received the request, and when at the earliest. */
final class RequestProgress {

    private static final AttributeKey<RequestProgress> CURRENT = AttributeKey.valueOf(RequestProgress.class, "current");

    private volatile @Nullable EventLoop eventLoop;
    private volatile boolean cancelled;
    private volatile boolean written;
    private volatile long writtenAt;

    /**
     * Returns a client whose next request reports its progress to this object. The channels of the client need the
     * {@link #handler()}.
     */
    HttpClient of(HttpClient client) {
        return client.doOnRequest((request, connection) -> begin(connection));
    }

    private void begin(Connection connection) {
        eventLoop = connection.channel().eventLoop();
        connection.channel().attr(CURRENT).set(this);
        if (cancelled) {
            connection.dispose();
        }
    }

    /** Returns whether a connection, including its TLS handshake, was ready for the request. */
    boolean isConnected() {
        return eventLoop != null;
    }

    /**
     * Cancels a request. If another thread than the event loop of its connection cancels a request while a response arrives,
     * Reactor Netty neither releases the body nor returns the connection to its pool. The cancellation therefore takes place on
     * that event loop. If there is no connection yet, one that becomes ready during the cancellation is closed.
     */
    void cancel(Runnable cancellation) {
        cancelled = true;
        @Nullable EventLoop loop = eventLoop;
        if (loop == null || loop.inEventLoop()) {
            cancellation.run();
            return;
        }
        try {
            loop.execute(cancellation);
        } catch (RejectedExecutionException closed) {
            cancellation.run();
        }
    }

    /** Returns whether the headers of the request have been written to the socket. */
    boolean isWritten() {
        return written;
    }

    /** Returns when the request was passed to the connection, in nanoseconds of {@link System#nanoTime()}. */
    long writtenAt() {
        return writtenAt;
    }

    /**
     * Creates the handler of one channel. Netty's proxy handlers hold back writes until the tunnel is open. A request therefore
     * counts as written only when its write has succeeded.
     */
    static ChannelHandler handler() {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
                if (!(message instanceof HttpRequest)) {
                    super.write(ctx, message, promise);
                    return;
                }
                RequestProgress progress = ctx.channel().attr(CURRENT).getAndSet(null);
                if (progress != null) {
                    progress.writtenAt = System.nanoTime();
                }
                super.write(ctx, message, promise.unvoid().addListener(result -> {
                    if (progress != null) {
                        progress.written = result.isSuccess();
                    }
                }));
            }
        };
    }
}
