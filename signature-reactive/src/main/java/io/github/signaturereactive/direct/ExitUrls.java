package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.Link;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where the service sends signers' browsers when they are done. It appends the query parameter {@code status_query_token},
 * which {@link StatusReference} takes.
 *
 * @param completionUrl after signing
 * @param rejectionUrl after rejecting
 * @param errorUrl after anything that went wrong
 */
public record ExitUrls(URI completionUrl, URI rejectionUrl, URI errorUrl) {

    /** Checks that each URL is absolute and, written in ASCII as it then is, has up to 500 characters. */
    public ExitUrls {
        completionUrl = ascii("completion URL", completionUrl);
        rejectionUrl = ascii("rejection URL", rejectionUrl);
        errorUrl = ascii("error URL", errorUrl);
    }

    /** One URL for each outcome. */
    public static ExitUrls of(URI completionUrl, URI rejectionUrl, URI errorUrl) {
        return new ExitUrls(completionUrl, rejectionUrl, errorUrl);
    }

    /** The same URL for every outcome; the status tells them apart. */
    public static ExitUrls singleExitUrl(URI exitUrl) {
        return new ExitUrls(exitUrl, exitUrl, exitUrl);
    }

    private static URI ascii(String field, URI url) {
        if (!url.isAbsolute() || url.isOpaque()) {
            throw new IllegalArgumentException(field
                    + " must be absolute, such as https://example.com/done: signers' browsers come from the service");
        }
        return URI.create(Field.text(field, quoted(url.toString()), 500));
    }

    /** URI.toASCIIString() composes characters first, and may take the end of an escape for a letter to compose. */
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

    /** Tells where they lead, without the queries. */
    @Override
    public String toString() {
        return "ExitUrls[" + Link.withoutQuery(completionUrl) + ", " + Link.withoutQuery(rejectionUrl) + ", "
                + Link.withoutQuery(errorUrl) + "]";
    }
}
