package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Link;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A direct job's status, and the right to see it: the status URL that the job came with, and the token that a signer has brought
 * back to an exit URL. Its text form does not hold the token.
 */
public final class StatusReference {

    /** The query parameter that the service appends to exit URLs, and expects back. */
    public static final String STATUS_QUERY_TOKEN_PARAM_NAME = "status_query_token";

    private final URI url;

    private StatusReference(URI url) {
        this.url = url;
    }

    /**
     * The status of a job that has just been created.
     *
     * @throws IllegalArgumentException if the job has no status URL, because its status is to be polled
     */
    public static WithoutToken of(DirectJobResponse job) {
        URI statusUrl = job.statusUrl();
        if (statusUrl == null) {
            throw new IllegalArgumentException("Job " + job.signatureJobId()
                    + " has no status URL: a job whose status is retrieved by polling has none. Poll for its status changes"
                    + " instead");
        }
        return of(statusUrl);
    }

    /**
     * The status of a job whose status URL has been stored.
     *
     * @param statusUrl the URL as it came from the service
     */
    public static WithoutToken of(URI statusUrl) {
        return new WithoutToken(statusUrl);
    }

    /** The status of a job whose status URL has been stored, as {@link #of(URI)}. */
    public static WithoutToken ofUrl(URI statusUrl) {
        return of(statusUrl);
    }

    /** Where the status is asked for, token and all: nothing for logs. */
    public URI statusUrl() {
        return url;
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }

    /** A job's status, before it is known who asks. */
    public static final class WithoutToken {

        private final URI statusUrl;

        private WithoutToken(URI statusUrl) {
            Link.requireAbsolute(statusUrl);
            this.statusUrl = statusUrl;
        }

        /**
         * The status, with the token that allows to see it.
         *
         * @param token the query parameter {@value StatusReference#STATUS_QUERY_TOKEN_PARAM_NAME} of the request to the exit URL,
         *     decoded as web frameworks give it
         * @throws IllegalArgumentException if the token is blank
         */
        public StatusReference withStatusQueryToken(String token) {
            if (token.isBlank()) {
                throw new IllegalArgumentException(
                        "The status query token must not be blank: it is the query parameter "
                                + STATUS_QUERY_TOKEN_PARAM_NAME + " of the request to the exit URL");
            }
            String query = statusUrl.getRawQuery();
            String url = statusUrl.toString();
            int end = url.indexOf('#') < 0 ? url.length() : url.indexOf('#');
            String separator = query == null ? "?" : query.isEmpty() ? "" : "&";
            return new StatusReference(URI.create(url.substring(0, end) + separator + STATUS_QUERY_TOKEN_PARAM_NAME
                    + "=" + URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20")));
        }

        @Override
        public String toString() {
            return Link.withoutQuery(statusUrl);
        }
    }
}
