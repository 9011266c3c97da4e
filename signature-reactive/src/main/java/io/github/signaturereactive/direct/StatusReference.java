package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Link;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The status URL of a direct job with the status query token of a signer who returned to an exit URL. {@link
 * #toString()} does not contain the token.
 */
public final class StatusReference {

    /** The query parameter that the service appends to exit URLs, and expects in status requests. */
    public static final String STATUS_QUERY_TOKEN_PARAM_NAME = "status_query_token";

    private final URI url;

    private StatusReference(URI url) {
        this.url = url;
    }

    /**
     * Returns the status reference of a created job, without token.
     *
     * @param job the response to the creation
     * @return the reference without token
     * @throws IllegalArgumentException if the job has no status URL, because its status is retrieved by polling
     */
    public static WithoutToken of(DirectJobResponse job) {
        URI statusUrl = job.statusUrl();
        if (statusUrl == null) {
            throw new IllegalArgumentException(
                    "Job " + job.signatureJobId()
                            + " has no status URL, because its status is retrieved by polling; use getStatusChange() or statusChanges()");
        }
        return of(statusUrl);
    }

    /**
     * Returns the status reference of a stored status URL, without token.
     *
     * @param statusUrl the absolute URL, exactly as the service returned it
     * @return the reference without token
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public static WithoutToken of(URI statusUrl) {
        return new WithoutToken(statusUrl);
    }

    /**
     * Returns the status reference of a stored status URL, as {@link #of(URI)}.
     *
     * @param statusUrl the absolute URL, exactly as the service returned it
     * @return the reference without token
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public static WithoutToken ofUrl(URI statusUrl) {
        return of(statusUrl);
    }

    /** {@return the status URL including the token} It must not be logged. */
    public URI statusUrl() {
        return url;
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }

    /** A status URL of a direct job to which a status query token is to be added. */
    public static final class WithoutToken {

        private final URI statusUrl;

        private WithoutToken(URI statusUrl) {
            Link.requireAbsolute(statusUrl);
            this.statusUrl = statusUrl;
        }

        /**
         * Returns the status reference with a token.
         *
         * @param token the value of the query parameter {@value StatusReference#STATUS_QUERY_TOKEN_PARAM_NAME} of the
         *     request to the exit URL, percent-decoded
         * @return the reference
         * @throws IllegalArgumentException if the token is blank
         */
        public StatusReference withStatusQueryToken(String token) {
            if (token.isBlank()) {
                throw new IllegalArgumentException(
                        "The status query token must not be blank; use the value of the query parameter "
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
