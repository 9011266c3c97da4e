package io.github.signaturereactive.signingservice.signature;

import io.github.signaturereactive.signingservice.protocol.Dom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/** The content of a valid {@code manifest.xml}. */
public record Manifest(
        String sender,
        String title,
        List<Document> documents,
        List<Signer> signers,
        Optional<Integer> requiredAuthentication,
        Optional<Instant> activation,
        Optional<Duration> available,
        Optional<String> identifierInSignedDocuments) {

    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");

    /** A document in the manifest. */
    public record Document(String href, String mime, String title) {}

    /**
     * A signer. It is identified by contact information if it has neither a personal identification number nor its own
     * identifier.
     */
    public record Signer(
            int order,
            Optional<String> personalIdentificationNumber,
            Optional<String> signerIdentifier,
            Optional<String> email,
            Optional<String> mobileNumber,
            boolean notificationsUsingLookup,
            Optional<String> signatureType,
            Optional<String> onBehalfOf) {

        @Override
        public String toString() {
            return "Signer of group " + order;
        }
    }

    static Manifest read(Element root) {
        Optional<Element> availability = Dom.child(root, "availability");
        Element titled = Dom.child(root, "document").orElse(root); // deprecated form: title in document
        return new Manifest(
                Dom.text(Dom.required(root, "sender"), "organization-number").orElseThrow(),
                Dom.text(titled, "title").orElseThrow(),
                documents(root),
                Dom.children(Dom.child(root, "signers").orElse(root), "signer").stream()
                        .map(Manifest::signer)
                        .toList(),
                Dom.text(root, "required-authentication").map(Integer::valueOf),
                availability.flatMap(a -> Dom.text(a, "activation-time")).map(Manifest::instant),
                availability
                        .flatMap(a -> Dom.text(a, "available-seconds"))
                        .map(Long::valueOf)
                        .map(Duration::ofSeconds),
                Dom.text(root, "identifier-in-signed-documents"));
    }

    private static List<Document> documents(Element root) {
        List<Element> documents = Dom.child(root, "documents")
                .map(several -> Dom.children(several, "document"))
                .orElseGet(() -> Dom.children(root, "document"));
        return documents.stream()
                .map(document -> new Document(
                        document.getAttribute("href"),
                        document.getAttribute("mime"),
                        Dom.text(document, "title").orElseThrow()))
                .toList();
    }

    private static Signer signer(Element signer) {
        Optional<Element> notifications = Dom.child(signer, "notifications");
        String order = signer.getAttribute("order");
        return new Signer(
                order.isEmpty() ? 0 : Integer.parseInt(order),
                Dom.text(signer, "personal-identification-number"),
                Dom.text(signer, "signer-identifier"),
                notifications.flatMap(n -> Dom.child(n, "email")).map(email -> email.getAttribute("address")),
                notifications.flatMap(n -> Dom.child(n, "sms")).map(sms -> sms.getAttribute("number")),
                Dom.child(signer, "notifications-using-lookup").isPresent(),
                Dom.text(signer, "signature-type"),
                Dom.text(signer, "on-behalf-of"));
    }

    /** Parses an {@code xs:dateTime}. A time without an offset is Norwegian time. */
    static Instant instant(String dateTime) {
        TemporalAccessor parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(dateTime, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : LocalDateTime.from(parsed).atZone(NORWAY).toInstant();
    }
}
