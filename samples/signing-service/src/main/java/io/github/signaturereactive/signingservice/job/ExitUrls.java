package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Dom;
import java.net.URI;
import java.net.URISyntaxException;
import org.w3c.dom.Element;

/** The URLs that a direct signer's browser is sent to after the signing session, with a token for the status. */
record ExitUrls(URI completion, URI rejection, URI error) {

    static ExitUrls read(Element exitUrls) {
        return new ExitUrls(
                url(exitUrls, "completion-url"), url(exitUrls, "rejection-url"), url(exitUrls, "error-url"));
    }

    /** Returns the exit URL for a signer with this status. */
    URI after(SignerStatus status, String statusQueryToken) {
        URI url = switch (status) {
            case SIGNED -> completion;
            case REJECTED -> rejection;
            default -> error;
        };
        return withToken(url, statusQueryToken);
    }

    /** Appends the token to the query, before the fragment. The rest of the URL is unchanged. */
    private static URI withToken(URI url, String token) {
        String text = url.toString();
        int fragment = text.indexOf('#');
        String base = fragment < 0 ? text : text.substring(0, fragment);
        String separator = base.indexOf('?') < 0 ? "?" : base.endsWith("?") || base.endsWith("&") ? "" : "&";
        return URI.create(
                base + separator + "status_query_token=" + token + (fragment < 0 ? "" : text.substring(fragment)));
    }

    private static URI url(Element exitUrls, String name) {
        String text = Dom.text(exitUrls, name).orElseThrow();
        try {
            URI url = new URI(text);
            if (url.isAbsolute() && !url.isOpaque()) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw ApiException.invalidXml("The " + name + " is not a URL: " + e.getReason());
        }
        throw ApiException.invalidXml("The " + name + " is not an absolute URL");
    }
}
