package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.Link;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The URLs to which the service redirects signers after the signing ceremony. XSD type {@code exit-urls}. The service
 * appends the query parameter {@code status_query_token}, which is required for {@link StatusReference}.
 *
 * @param completionUrl the URL after signing
 * @param rejectionUrl the URL after rejecting
 * @param errorUrl the URL after an error
 */
public record ExitUrls(URI completionUrl, URI rejectionUrl, URI errorUrl) {

    /**
     * Creates the exit URLs. Percent-encodes non-ASCII characters as UTF-8. Each encoded URL may have up to 500
     * characters.
     *
     * @param completionUrl the absolute URL after signing
     * @param rejectionUrl the absolute URL after rejecting
     * @param errorUrl the absolute URL after an error
     * @throws IllegalArgumentException if a URL is not absolute and hierarchical, or too long
     */
    public ExitUrls {
        completionUrl = ascii("completion URL", completionUrl);
        rejectionUrl = ascii("rejection URL", rejectionUrl);
        errorUrl = ascii("error URL", errorUrl);
    }

    /**
     * Creates exit URLs with one URL for each outcome.
     *
     * @param completionUrl the absolute URL after signing
     * @param rejectionUrl the absolute URL after rejecting
     * @param errorUrl the absolute URL after an error
     * @return the exit URLs
     * @throws IllegalArgumentException if a URL is not absolute and hierarchical, or has more than 500 characters when
     *     encoded
     */
    public static ExitUrls of(URI completionUrl, URI rejectionUrl, URI errorUrl) {
        return new ExitUrls(completionUrl, rejectionUrl, errorUrl);
    }

    /**
     * Creates exit URLs with the same URL for all outcomes. The status of the job contains the outcome.
     *
     * @param exitUrl the absolute URL
     * @return the exit URLs
     * @throws IllegalArgumentException if the URL is not absolute and hierarchical, or has more than 500 characters
     *     when encoded
     */
    public static ExitUrls singleExitUrl(URI exitUrl) {
        return new ExitUrls(exitUrl, exitUrl, exitUrl);
    }

    private static URI ascii(String field, URI url) {
        if (!url.isAbsolute() || url.isOpaque()) {
            throw new IllegalArgumentException(field
                    + " must be absolute and hierarchical, such as https://example.com/done, because signers are redirected"
                    + " to it from the service");
        }
        return URI.create(Field.text(field, quoted(url.toString()), 500));
    }

    /**
     * {@link URI#toASCIIString()} is not used, because it normalizes to NFC and may combine the end of an escape with a
     * following mark.
     */
    private static String quoted(String url) {
        var ascii = new StringBuilder();
        for (byte unit : url.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0) {
                ascii.append((char) unit);
            } else {
                ascii.append(String.format(Locale.ROOT, "%%%02X", unit));
            }
        }
        return ascii.toString();
    }

    /** {@return the URLs without their queries} */
    @Override
    public String toString() {
        return "ExitUrls[" + Link.withoutQuery(completionUrl) + ", " + Link.withoutQuery(rejectionUrl) + ", "
                + Link.withoutQuery(errorUrl) + "]";
    }
}
