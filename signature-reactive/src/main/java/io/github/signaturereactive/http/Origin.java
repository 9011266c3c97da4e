package io.github.signaturereactive.http;

import io.github.signaturereactive.job.ForeignUrlException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place that requests may go to. Scheme, host and port must be those of the configured service; whatever leads
 * elsewhere never sees our certificate.
 */
final class Origin {

    private static final Pattern ORGANIZATION = Pattern.compile("/([0-9]{9})(?:/|$)");

    private final URI serviceUrl;
    private final String ownOrganization;

    Origin(URI serviceUrl, String ownOrganization) {
        this.serviceUrl = serviceUrl;
        this.ownOrganization = ownOrganization;
    }

    /** The URL of a resource below the service's root; the path begins with a slash. */
    URI resolve(String pathAndQuery) {
        return URI.create(serviceUrl + pathAndQuery);
    }

    /** The same URL, if it leads to the configured service. */
    URI requireOwn(URI url) {
        if (!describe(url).equals(describe(serviceUrl))) {
            throw new ForeignUrlException(describe(url), describe(serviceUrl));
        }
        return url;
    }

    /** The organization that the service counts a call for: the one in the path where there is one, else our own. */
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
