package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.SignatureClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Closes a client that uses Spring's event loops before {@link ReactorResourceFactory} disposes of them. That happens while the
 * application stops, before any bean is destroyed. Pollers and the web server have stopped at that point.
 */
final class ClientShutdown implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ClientShutdown.class);

    /** One more than the phase of {@link ReactorResourceFactory}. Higher phases stop earlier. */
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
            LOG.error("The signature client was closed when the application stopped, so every call fails."
                    + " Create a new application context instead of restarting this one.");
        }
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        stopped = true;
        // SmartLifecycle.stop(Runnable) is asynchronous. Spring waits for the callback until the timeout of the phase.
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

    /** Returns false, because a closed client cannot be opened again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
