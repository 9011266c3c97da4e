package io.github.signaturereactive.signingservice.pages;

import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Flow;
import io.github.signaturereactive.signingservice.signature.Manifest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Renders the page on which a signer reads and signs documents, as HTML without scripts. */
final class SigningPage {

    private SigningPage() {}

    static String of(SignatureJob job, SignatureJob.Signer signer, boolean hasTurn, String path) {
        List<Manifest.Document> documents = job.manifest().documents();
        String links = job.documentsDeleted()
                ? "<p>The documents have been deleted.</p>"
                : IntStream.range(0, documents.size())
                        .mapToObj(i -> link(documents.get(i), path + "/documents/" + (i + 1)))
                        .collect(Collectors.joining("\n", "<ol>\n", "\n</ol>"));
        return page(job.manifest().title(), """
                <p>Sent by organization %s. You are signer %d of %d.</p>
                <section aria-labelledby="documents">
                <h2 id="documents">Documents</h2>
                %s
                </section>
                <section aria-labelledby="decision">
                <h2 id="decision">Your signature</h2>
                %s
                </section>""".formatted(
                        escaped(job.queue().organizationNumber()),
                        signer.index() + 1,
                        job.signers().size(),
                        links,
                        decision(job.queue().flow(), signer, hasTurn, path)));
    }

    /** Renders a page with one message. */
    static String message(String heading, String text) {
        return page(heading, "<p>" + escaped(text) + "</p>");
    }

    private static String link(Manifest.Document document, String address) {
        return "<li><a href=\"%s\" target=\"_blank\" rel=\"noopener\">%s</a> (%s, opens in a new tab)</li>"
                .formatted(
                        escaped(address),
                        escaped(document.title()),
                        document.mime().equals("text/plain") ? "text" : "PDF");
    }

    private static String decision(Flow flow, SignatureJob.Signer signer, boolean hasTurn, String path) {
        if (signer.status() != SignerStatus.WAITING) {
            String outcome = "<p role=\"status\">" + outcome(signer.status()) + "</p>";
            return flow == Flow.PORTAL ? outcome : outcome + button(path + "/leave", "leave", "Return to the sender");
        }
        if (!hasTurn) {
            return "<p role=\"status\">You cannot sign yet. It is not your turn.</p>";
        }
        return String.join(
                "\n",
                "<p>By signing you confirm that you have read all documents and agree to them.</p>",
                button(path + "/signed", "sign", "Sign"),
                button(path + "/rejected", "reject", "Reject"),
                flow == Flow.DIRECT
                        ? button(path + "/failed", "fail", "Simulate an error")
                        : button(path + "/blocked", "fail", "Simulate too many wrong security codes"));
    }

    private static String button(String action, String id, String text) {
        return "<form method=\"post\" action=\"%s\"><button type=\"submit\" id=\"%s\">%s</button></form>"
                .formatted(escaped(action), id, escaped(text));
    }

    private static String outcome(SignerStatus status) {
        return switch (status) {
            case SIGNED -> "You have signed.";
            case REJECTED -> "You have rejected the documents.";
            case EXPIRED -> "The deadline for signing has passed.";
            case BLOCKED -> "You have entered too many wrong security codes.";
            default -> "You can no longer sign.";
        };
    }

    private static String page(String heading, String content) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%1$s – signing service</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/signing.css">
                </head>
                <body>
                <header><p>Test service: signatures made here have no legal effect.</p></header>
                <main>
                <h1>%1$s</h1>
                %2$s
                </main>
                </body>
                </html>
                """.formatted(escaped(heading), content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
