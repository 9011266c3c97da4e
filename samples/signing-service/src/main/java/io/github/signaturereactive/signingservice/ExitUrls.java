package io.github.signaturereactive.signingservice;

import java.net.URI;
import java.net.URISyntaxException;
import org.w3c.dom.Element;

/** Where a direct signer's browser goes afterwards, with a token to ask for the status with. */
record ExitUrls(URI completion, URI rejection, URI error) {

    static ExitUrls read(Element exitUrls) {
        return new ExitUrls(
                url(exitUrls, "completion-url"), url(exitUrls, "rejection-url"), url(exitUrls, "error-url"));
    }

    /** Where to go for somebody with this status. */
    URI after(SignerStatus status, String statusQueryToken) {
        URI url = switch (status) {
            case SIGNED -> completion;
            case REJECTED -> rejection;
            default -> error;
        };
        return withToken(url, statusQueryToken);
    }

    /** The token comes last in the query and before the fragment; everything else stays as the sender wrote it. */
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
            throw Refusal.invalidXml("The " + name + " is not a URL: " + e.getReason());
        }
        throw Refusal.invalidXml("The " + name + " is not an absolute URL");
    }
}
