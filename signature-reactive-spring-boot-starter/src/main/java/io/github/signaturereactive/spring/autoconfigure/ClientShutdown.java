package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.SignatureClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Closes a client that uses Spring's event loops before they go: {@link ReactorResourceFactory} disposes of them while the
 * application stops, which is before any bean is destroyed. Where the application has pollers and a web server, those have stopped
 * already.
 */
final class ClientShutdown implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ClientShutdown.class);

    /** Stopped right before the event loops. */
    static final int PHASE = 1;

    private final SignatureClient client;
    private volatile boolean running;
    private volatile boolean stopped;

    ClientShutdown(SignatureClient client) {
        this.client = client;
    }

    @Override
    public void start() {
        if (stopped) {
            LOG.error(
                    "The signature client was closed when the application stopped, and cannot be opened again: every call fails."
                            + " Make the application context anew instead of starting it once more.");
        }
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        stopped = true;
        // Stopping is asynchronous by Spring's contract: the callback says that it is done, and Spring waits for it
        // only so long.
        var unused = client.disposeLater()
                .onErrorComplete()
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A closed client cannot be opened again, so stopping is for good. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
