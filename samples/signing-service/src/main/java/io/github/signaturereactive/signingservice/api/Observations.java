package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.protocol.Operation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests, confirmations and connections that the service has received since it started, for assertions in tests.
 */
public final class Observations {

    private final Map<Operation, Integer> started = new EnumMap<>(Operation.class);
    private final Map<Operation, Integer> complete = new EnumMap<>(Operation.class);
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final List<Confirmation> confirmations = new ArrayList<>();
    private final List<EarlyPoll> earlyPolls = new ArrayList<>();
    private final List<TokenRequest> tokenRequests = new ArrayList<>();
    private int connectionsAccepted;
    private int openConnections;

    /** Creates observations of nothing yet. */
    public Observations() {}

    /**
     * A request whose head was received.
     *
     * @param operation the operation of the request
     * @param method the HTTP method
     * @param uri path and query as sent
     * @param headers the headers as sent, names in lower case; the last value of a repeated header
     * @param clientCertificate the certificate that the client presented, or null if it presented none
     * @param at the time of the request, by the service's clock
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
     * @param headers the headers as sent, names in lower case; the last value of a repeated header
     * @param body the form as sent
     * @param certificate the certificate that the client presented
     * @param at the time of the request, by the service's clock
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
     * @param jobId the id of the job
     * @param at the time of the confirmation, by the service's clock
     */
    public record Confirmation(long jobId, Instant at) {}

    /**
     * A poll before the permitted time. The response was 429.
     *
     * @param organizationNumber the sender of the queue
     * @param pollingQueue the name of the queue, empty for the default queue
     * @param at the time of the poll, by the service's clock
     * @param permitted the permitted time
     */
    public record EarlyPoll(String organizationNumber, String pollingQueue, Instant at, Instant permitted) {}

    /** Returns how many requests of this operation started to arrive. */
    public synchronized int startedRequests(Operation operation) {
        return started.getOrDefault(operation, 0);
    }

    /** Returns how many requests of this operation arrived completely, whatever the response was. */
    public synchronized int completeRequests(Operation operation) {
        return complete.getOrDefault(operation, 0);
    }

    /** Returns all requests whose head was received, in order. */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Returns all confirmations in order, repeated ones included. */
    public synchronized List<Confirmation> confirmations() {
        return List.copyOf(confirmations);
    }

    /** Returns all polls before the permitted time, in order. */
    public synchronized List<EarlyPoll> earlyPolls() {
        return List.copyOf(earlyPolls);
    }

    /** Returns all requests to the token endpoint, in order. */
    public synchronized List<TokenRequest> tokenRequests() {
        return List.copyOf(tokenRequests);
    }

    /** Returns how many connections clients have opened to the API, including those with a failed TLS handshake. */
    public synchronized int connectionsAccepted() {
        return connectionsAccepted;
    }

    /** Returns how many connections to the API are open. */
    public synchronized int openConnections() {
        return openConnections;
    }

    /** Records that a client has opened a connection. */
    public synchronized void connectionOpened() {
        connectionsAccepted++;
        openConnections++;
    }

    /** Records that a connection has been closed. */
    public synchronized void connectionClosed() {
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
