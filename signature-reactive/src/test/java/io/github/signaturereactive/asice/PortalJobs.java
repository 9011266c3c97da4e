package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;
import reactor.core.publisher.Flux;

/** Generates portal jobs that the builders accept. */
final class PortalJobs {

    /** Texts that need escaping, normalization or care: markup, CDATA, line breaks, combining marks, surrogate pairs. */
    private static final List<String> SPECIAL_TEXTS = List.of(
            "]]>",
            "<![CDATA[",
            "&amp;",
            "&",
            "<",
            ">",
            "\"",
            "'",
            "\r\n",
            "\r",
            "\n",
            "\t",
            " ",
            "  ",
            "\u00E5",
            "\u00C5",
            "\u00E6",
            "\u00D8",
            "\u00A0",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uFFFD",
            "\u0301",
            "e\u0301",
            "\uD83D\uDE00",
            "\uD83D\uDC68\u200D\uD83D\uDC69",
            "\uDBFF\uDFFD",
            "\u0130",
            "\u00DF",
            "../",
            "\\",
            "%00",
            "+",
            "\u202E",
            "\u007F",
            "\uE000");

    private PortalJobs() {}

    static Arbitrary<PortalJob> any() {
        return Combinators.combine(text(1, 80), documents(), signers(), options())
                .as((title, documents, signers, options) -> options.apply(PortalJob.builder(title, documents, signers)))
                .map(PortalJobs::build);
    }

    static Arbitrary<Sender> sender() {
        return Combinators.combine(
                        Arbitraries.strings().numeric().ofLength(9),
                        text(1, 60).map(PollingQueue::of).injectNull(0.3))
                .as((number, queue) -> queue == null ? new Sender(number) : new Sender(number, queue));
    }

    /** Generates texts that the builders accept: they have only characters of XML, and are not blank unless they may be empty. */
    static Arbitrary<String> text(int shortest, int longest) {
        Arbitrary<String> piece = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(SPECIAL_TEXTS)),
                Tuple.of(
                        2,
                        Arbitraries.strings()
                                .withCharRange(' ', '~')
                                .ofMinLength(1)
                                .ofMaxLength(10)),
                Tuple.of(
                        1,
                        Arbitraries.strings().withCharRange('\u00A0', '\uD7FF').ofLength(1)),
                Tuple.of(1, Arbitraries.of("\u00E5", "x", "]]>", "\uD83D\uDE00").map(each -> each.repeat(80))));
        ListArbitrary<String> pieces = piece.list().ofMaxSize(12);
        return pieces.map(list -> cut(String.join("", list), longest)).filter(text -> shortest == 0 || !text.isBlank());
    }

    /** Shortens a text to a length without splitting a surrogate pair. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    private static Arbitrary<List<PortalDocument>> documents() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<PortalDocument> document = Combinators.combine(
                        text(1, 80), bytes, Arbitraries.of(DocumentType.values()), Arbitraries.of(true, false))
                .as((title, content, type, published) -> (published
                                ? PortalDocument.builder(title, Flux.just(ByteBuffer.wrap(content)))
                                : PortalDocument.builder(title, content))
                        .type(type)
                        .build());
        Arbitrary<List<PortalDocument>> many = document.list().ofMinSize(1).ofMaxSize(20);
        Arbitrary<List<PortalDocument>> same = Combinators.combine(
                        document, Arbitraries.integers().between(2, 20))
                .as((one, times) -> Collections.nCopies(times, one));
        return Arbitraries.frequencyOf(Tuple.of(4, many), Tuple.of(1, same));
    }

    private static Arbitrary<List<PortalSigner>> signers() {
        Arbitrary<String> number = Arbitraries.strings().numeric().ofLength(11);
        Arbitrary<String> emailAddress = text(1, 320);
        Arbitrary<String> mobileNumber = text(1, 30);
        Arbitrary<Notifications> notifications = Arbitraries.oneOf(
                emailAddress.map(to -> Notifications.builder().withEmailTo(to).build()),
                mobileNumber.map(to -> Notifications.builder().withSmsTo(to).build()),
                Combinators.combine(emailAddress, mobileNumber)
                        .as((email, sms) -> Notifications.builder()
                                .withSmsTo(sms)
                                .withEmailTo(email)
                                .build()));
        Arbitrary<PortalSigner.Builder> addressed = Arbitraries.oneOf(
                emailAddress.map(PortalSigner::identifiedByEmail),
                mobileNumber.map(PortalSigner::identifiedByMobileNumber),
                Combinators.combine(emailAddress, mobileNumber).as(PortalSigner::identifiedByEmailAndMobileNumber),
                Combinators.combine(number, notifications).as(PortalSigner::identifiedByPersonalIdentificationNumber));
        Arbitrary<PortalSigner.Builder> lookedUp = Combinators.combine(
                        number, Arbitraries.of(NotificationsUsingLookup.values()))
                .as(PortalSigner::identifiedByPersonalIdentificationNumber);
        Arbitrary<PortalSigner> signer = Arbitraries.oneOf(
                Combinators.combine(
                                addressed, Arbitraries.of(OnBehalfOf.values()).injectNull(0.5), order(), type())
                        .as(PortalJobs::signer),
                Combinators.combine(lookedUp, Arbitraries.just(OnBehalfOf.SELF).injectNull(0.5), order(), type())
                        .as(PortalJobs::signer));
        return signer.list().ofMinSize(1).ofMaxSize(10);
    }

    private static Arbitrary<Integer> order() {
        return Arbitraries.integers().between(0, 9).injectNull(0.5);
    }

    private static Arbitrary<SignatureType> type() {
        return Arbitraries.of(SignatureType.values()).injectNull(0.5);
    }

    private static PortalSigner signer(
            PortalSigner.Builder builder, OnBehalfOf onBehalfOf, Integer order, SignatureType type) {
        PortalSigner.Builder signer = builder;
        signer = onBehalfOf == null ? signer : signer.onBehalfOf(onBehalfOf);
        signer = order == null ? signer : signer.withOrder(order);
        signer = type == null ? signer : signer.withSignatureType(type);
        return signer.build();
    }

    private static Arbitrary<Options> options() {
        Arbitrary<OffsetDateTime> time = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.integers().between(-18 * 3600, 18 * 3600))
                .as((second, nano, offset) -> LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC)
                        .atOffset(ZoneOffset.ofTotalSeconds(offset)));
        return Combinators.combine(
                        text(1, 80).injectNull(0.5),
                        text(0, 220).injectNull(0.5),
                        text(0, 50).injectNull(0.5),
                        Arbitraries.of(AuthenticationLevel.values()).injectNull(0.5),
                        Arbitraries.of(IdentifierInSignedDocuments.values()).injectNull(0.5),
                        time.injectNull(0.5),
                        Arbitraries.longs()
                                .between(0, 90L * 24 * 3600 * 1000)
                                .map(Duration::ofMillis)
                                .injectNull(0.5))
                .as(Options::new);
    }

    private static PortalJob build(PortalJob.Builder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) { // the signers do not have the identifier for signed documents
            return builder.withIdentifierInSignedDocuments(IdentifierInSignedDocuments.NAME)
                    .build();
        }
    }

    private record Options(
            String nonsensitiveTitle,
            String description,
            String reference,
            AuthenticationLevel level,
            IdentifierInSignedDocuments identifier,
            OffsetDateTime activationTime,
            Duration availableFor) {

        PortalJob.Builder apply(PortalJob.Builder builder) {
            PortalJob.Builder job = builder;
            job = nonsensitiveTitle == null ? job : job.withNonsensitiveTitle(nonsensitiveTitle);
            job = description == null ? job : job.withDescription(description);
            job = reference == null ? job : job.withReference(reference);
            job = level == null ? job : job.requireAuthentication(level);
            job = identifier == null ? job : job.withIdentifierInSignedDocuments(identifier);
            job = activationTime == null ? job : job.withActivationTime(activationTime);
            return availableFor == null ? job : job.availableFor(availableFor);
        }
    }
}
