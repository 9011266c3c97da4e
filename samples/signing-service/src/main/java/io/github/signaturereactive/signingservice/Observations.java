package io.github.signaturereactive.signingservice;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the service has seen of its clients since it started, for tests to ask about. */
public final class Observations {

    private final Map<Operation, Integer> started = new EnumMap<>(Operation.class);
    private final Map<Operation, Integer> complete = new EnumMap<>(Operation.class);
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final List<Confirmation> confirmations = new ArrayList<>();
    private final List<EarlyPoll> earlyPolls = new ArrayList<>();
    private final List<TokenRequest> tokenRequests = new ArrayList<>();
    private int connectionsAccepted;
    private int openConnections;

    Observations() {}

    /**
     * A request whose head was received.
     *
     * @param operation what it asked for
     * @param method the HTTP method
     * @param uri path and query as sent
     * @param headers the headers as sent, names in lower case; of repeated ones the last
     * @param clientCertificate the certificate that the client presented, or null if it presented none
     * @param at when, by the service's clock
     */
    public record ReceivedRequest(
            Operation operation,
            String method,
            String uri,
            Map<String, String> headers,
            @Nullable X509Certificate clientCertificate,
            Instant at) {}

    /**
     * A request that the token endpoint received.
     *
     * @param method the HTTP method
     * @param uri path and query as sent
     * @param headers the headers as sent, names in lower case; of repeated ones the last
     * @param body the form as sent
     * @param certificate what the client presented
     * @param at when, by the service's clock
     */
    public record TokenRequest(
            String method,
            String uri,
            Map<String, String> headers,
            String body,
            X509Certificate certificate,
            Instant at) {}

    /**
     * A confirmation that was accepted.
     *
     * @param jobId the job whose change it confirmed
     * @param at when, by the service's clock
     */
    public record Confirmation(long jobId, Instant at) {}

    /**
     * A poll that came before its time and was answered 429.
     *
     * @param organizationNumber the sender whose queue it was
     * @param pollingQueue the queue's name, empty for the default queue
     * @param at when it came, by the service's clock
     * @param permitted when it would have been permitted
     */
    public record EarlyPoll(String organizationNumber, String pollingQueue, Instant at, Instant permitted) {}

    /** How many requests of this kind began to arrive. */
    public synchronized int startedRequests(Operation operation) {
        return started.getOrDefault(operation, 0);
    }

    /** How many requests of this kind arrived in full, whatever was answered. */
    public synchronized int completeRequests(Operation operation) {
        return complete.getOrDefault(operation, 0);
    }

    /** Every request whose head was received, in order. */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Every confirmation, in order, repeated ones included. */
    public synchronized List<Confirmation> confirmations() {
        return List.copyOf(confirmations);
    }

    /** Every poll that came too early, in order. */
    public synchronized List<EarlyPoll> earlyPolls() {
        return List.copyOf(earlyPolls);
    }

    /** Every request to the token endpoint, in order. */
    public synchronized List<TokenRequest> tokenRequests() {
        return List.copyOf(tokenRequests);
    }

    /** How many connections clients have opened to the API, failed TLS handshakes included. */
    public synchronized int connectionsAccepted() {
        return connectionsAccepted;
    }

    /** How many of them are open now. */
    public synchronized int openConnections() {
        return openConnections;
    }

    synchronized void connectionOpened() {
        connectionsAccepted++;
        openConnections++;
    }

    synchronized void connectionClosed() {
        openConnections--;
    }

    synchronized void requestStarted(ReceivedRequest request) {
        started.merge(request.operation(), 1, Integer::sum);
        requests.add(request);
    }

    synchronized void requestComplete(Operation operation) {
        complete.merge(operation, 1, Integer::sum);
    }

    synchronized void confirmed(Confirmation confirmation) {
        confirmations.add(confirmation);
    }

    synchronized void tokenRequested(TokenRequest request) {
        tokenRequests.add(request);
    }

    synchronized void polledEarly(EarlyPoll poll) {
        earlyPolls.add(poll);
    }
}
