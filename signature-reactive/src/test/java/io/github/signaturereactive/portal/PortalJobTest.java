package io.github.signaturereactive.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.DocumentContent;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation in the builders of portal jobs. Error messages contain field, limit and length, never the value. */
class PortalJobTest {

    private static final String PIN = "12345678910";
    private static final PortalDocument DOCUMENT =
            PortalDocument.builder("Document", new byte[] {1}).build();
    private static final PortalSigner KNOWN_BY_PIN = PortalSigner.identifiedByPersonalIdentificationNumber(
                    PIN, NotificationsUsingLookup.EMAIL_ONLY)
            .build();
    private static final PortalSigner KNOWN_BY_EMAIL =
            PortalSigner.identifiedByEmail("signer@example.com").build();

    static Stream<Arguments> tooLong() {
        return Stream.of(
                rejected("title", 80, () -> PortalJob.builder(text(81), List.of(DOCUMENT), List.of(KNOWN_BY_EMAIL))),
                rejected("document title", 80, () -> PortalDocument.builder(text(81), new byte[] {1})),
                rejected("nonsensitive title", 80, () -> builder().withNonsensitiveTitle(text(81))),
                rejected("description", 220, () -> builder().withDescription(text(221))),
                rejected("reference", 50, () -> builder().withReference(text(51))),
                rejected("e-mail address", 320, () -> PortalSigner.identifiedByEmail(text(321))),
                rejected("mobile number", 30, () -> PortalSigner.identifiedByMobileNumber(text(31))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLong")
    void rejectsTooLongValues(String field, int limit, ThrowingCallable building) {
        assertThatThrownBy(building)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(field + " must have at most " + limit + " characters, but has " + (limit + 1));
    }

    static Stream<Arguments> blank() {
        return Stream.of(
                rejected("title", 80, () -> PortalJob.builder(" ", List.of(DOCUMENT), List.of(KNOWN_BY_EMAIL))),
                rejected("document title", 80, () -> PortalDocument.builder("", new byte[] {1})),
                rejected("nonsensitive title", 80, () -> builder().withNonsensitiveTitle("")),
                rejected("e-mail address", 320, () -> PortalSigner.identifiedByEmail("")),
                rejected("mobile number", 30, () -> PortalSigner.identifiedByMobileNumber(" ")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blank")
    void rejectsBlankValues(String field, int limit, ThrowingCallable building) {
        assertThatThrownBy(building)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(field + " must not be blank; it must have 1 to " + limit + " characters");
    }

    static Stream<Arguments> notAllowedInXml() {
        return Stream.of(
                rejected("title", 0, () -> PortalJob.builder("a\u0001", List.of(DOCUMENT), List.of(KNOWN_BY_EMAIL))),
                rejected("document title", 0, () -> PortalDocument.builder("a\u0001", new byte[] {1})),
                rejected("nonsensitive title", 0, () -> builder().withNonsensitiveTitle("a\u0001")),
                rejected("description", 0, () -> builder().withDescription("a\u0001")),
                rejected("reference", 0, () -> builder().withReference("a\u0001")),
                rejected("e-mail address", 0, () -> PortalSigner.identifiedByEmail("a\u0001")),
                rejected("mobile number", 0, () -> PortalSigner.identifiedByMobileNumber("a\u0001")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAllowedInXml")
    void rejectsCharactersNotAllowedInXml(String field, int limit, ThrowingCallable building) {
        assertThatThrownBy(building)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        field + " contains the character U+0001 at index 1, which XML 1.0 does not allow");
    }

    @Test
    void acceptsValuesUpToTheirLimits() {
        var job = PortalJob.builder(
                        text(80),
                        Collections.nCopies(
                                20,
                                PortalDocument.builder(text(80), new byte[0]).build()),
                        Collections.nCopies(10, KNOWN_BY_EMAIL))
                .withNonsensitiveTitle(text(80))
                .withDescription(text(220))
                .withReference(text(50))
                .availableFor(Duration.ofDays(90))
                .build();

        assertThat(job.documents()).hasSize(20);
        assertThat(job.signers()).hasSize(10);
        assertThat(job.description()).hasSize(220);
    }

    @Test
    void acceptsEmptyDescriptionAndReference() {
        var job = builder().withDescription("").withReference("").build();

        assertThat(job.description()).isEmpty();
        assertThat(job.reference()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21})
    void rejectsNoneOrMoreThanTwentyDocuments(int count) {
        assertThatThrownBy(
                        () -> PortalJob.builder("Title", Collections.nCopies(count, DOCUMENT), List.of(KNOWN_BY_EMAIL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("documents must have 1 to 20 elements, but has " + count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void acceptsOneAndTwentyDocuments(int count) {
        assertThat(PortalJob.builder("Title", Collections.nCopies(count, DOCUMENT), List.of(KNOWN_BY_EMAIL))
                        .build()
                        .documents())
                .hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void rejectsNoneOrMoreThanTenSigners(int count) {
        assertThatThrownBy(
                        () -> PortalJob.builder("Title", List.of(DOCUMENT), Collections.nCopies(count, KNOWN_BY_EMAIL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signers must have 1 to 10 elements, but has " + count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P90DT1S"})
    void rejectsAvailabilityOutsideZeroToNinetyDays(Duration duration) {
        assertThatThrownBy(() -> builder().availableFor(duration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("availableFor must be 0 to 90 days, but was " + duration);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10})
    void rejectsOrderOutsideZeroToNine(int order) {
        assertThatThrownBy(() ->
                        PortalSigner.identifiedByEmail("signer@example.com").withOrder(order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order must be 0 to 9, but was " + order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567891", "123456789101", "1234567891o", "12345 78910"})
    void rejectsInvalidPersonalIdentificationNumberWithoutQuotingIt(String number) {
        assertThatThrownBy(() -> PortalSigner.identifiedByPersonalIdentificationNumber(
                        number, NotificationsUsingLookup.EMAIL_ONLY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("personal identification number must be eleven digits (0-9), but the given value with "
                        + number.length() + " characters is not");
    }

    @Test
    void rejectsMissingAddresses() {
        assertThatThrownBy(() -> Notifications.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("notifications");
        assertThatThrownBy(() -> new SignerIdentifier.ContactInformation(null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contact information");
    }

    @Test
    void rejectsLookupForSignerOnBehalfOfOther() {
        assertThatThrownBy(() -> PortalSigner.identifiedByPersonalIdentificationNumber(
                                PIN, NotificationsUsingLookup.EMAIL_AND_SMS)
                        .onBehalfOf(OnBehalfOf.OTHER)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onBehalfOf")
                .hasMessageContaining("lookup")
                .hasMessageNotContaining(PIN);
        assertThat(PortalSigner.identifiedByPersonalIdentificationNumber(PIN, NotificationsUsingLookup.EMAIL_AND_SMS)
                        .onBehalfOf(OnBehalfOf.SELF)
                        .build()
                        .onBehalfOf())
                .isEqualTo(OnBehalfOf.SELF);
        assertThat(PortalSigner.identifiedByPersonalIdentificationNumber(
                                PIN,
                                Notifications.builder()
                                        .withEmailTo("signer@example.com")
                                        .build())
                        .onBehalfOf(OnBehalfOf.OTHER)
                        .build()
                        .onBehalfOf())
                .isEqualTo(OnBehalfOf.OTHER);
    }

    @Test
    void numberInSignedDocumentsRequiresSignersIdentifiedByNumber() {
        UnaryOperator<PortalJob.Builder> identifier = builder -> builder.withIdentifierInSignedDocuments(
                IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME);

        assertThatThrownBy(() -> identifier
                        .apply(PortalJob.builder("Title", List.of(DOCUMENT), List.of(KNOWN_BY_PIN, KNOWN_BY_EMAIL)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identifierInSignedDocuments")
                .hasMessageNotContaining(PIN);
        assertThat(identifier
                        .apply(PortalJob.builder("Title", List.of(DOCUMENT), List.of(KNOWN_BY_PIN)))
                        .build()
                        .identifierInSignedDocuments())
                .isEqualTo(IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME);
    }

    @Test
    void reusedBuilderDoesNotChangeEarlierJobs() {
        var builder = builder().withReference("first");
        PortalJob first = builder.build();
        PortalJob second = builder.withReference(new UUID(1, 2)).build();

        assertThat(first.reference()).isEqualTo("first");
        assertThat(second.reference()).isEqualTo("00000000-0000-0001-0000-000000000002");
    }

    @Test
    void copiesBytesOfDocument() {
        byte[] bytes = {1, 2, 3};
        var document = PortalDocument.builder("Document", bytes).build();
        bytes[0] = 9;

        assertThat(document.content()).isInstanceOfSatisfying(DocumentContent.Bytes.class, content -> {
            assertThat(content.buffer().get(0)).isEqualTo((byte) 1);
            assertThat(content.buffer().isReadOnly()).isTrue();
        });
    }

    private static PortalJob.Builder builder() {
        return PortalJob.builder("Title", List.of(DOCUMENT), List.of(KNOWN_BY_EMAIL));
    }

    private static Arguments rejected(String field, int limit, ThrowingCallable building) {
        return Arguments.of(field, limit, building);
    }

    private static String text(int length) {
        return "å".repeat(length);
    }
}
