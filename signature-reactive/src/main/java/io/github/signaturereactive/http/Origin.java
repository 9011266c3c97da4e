package io.github.signaturereactive.http;

import io.github.signaturereactive.job.PreconditionException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin (scheme, host and port) of the configured service. URLs with another origin are rejected, so the client certificate
 * and access tokens are presented only to the service.
 */
final class Origin {

    private static final Pattern ORGANIZATION = Pattern.compile("/([0-9]{9})(?:/|$)");

    private final URI serviceUrl;
    private final String ownOrganization;

    Origin(URI serviceUrl, String ownOrganization) {
        this.serviceUrl = serviceUrl;
        this.ownOrganization = ownOrganization;
    }

    /** Returns the URL of a resource below the root of the service. The path starts with a slash. */
    URI resolve(String pathAndQuery) {
        return URI.create(serviceUrl + pathAndQuery);
    }

    /**
     * Returns the URL if it has the origin of the service.
     *
     * @throws PreconditionException otherwise
     */
    URI requireOwn(URI url) {
        if (!describe(url).equals(describe(serviceUrl))) {
            throw new PreconditionException(
                    PreconditionException.Reason.FOREIGN_URL,
                    "The URL belongs to " + describe(url) + ", but the configured service is " + describe(serviceUrl)
                            + ". Nothing was sent. Check that the URL is from the same environment, and that it is not the"
                            + " redirect URL for the signer's browser.");
        }
        return url;
    }

    /**
     * Returns the organization whose rate limit applies to a call: the one in the path, or that of the certificate if the path
     * contains none.
     */
    String organizationOf(URI url) {
        Matcher matcher = ORGANIZATION.matcher(String.valueOf(url.getRawPath()));
        return matcher.find() ? matcher.group(1) : ownOrganization;
    }

    private static String describe(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null) {
            return "no host (scheme '" + scheme + "')";
        }
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port
                + (url.getRawUserInfo() == null ? "" : " (with user information)");
    }
}
