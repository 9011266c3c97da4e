package io.github.signaturereactive.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation in the builders of direct jobs. Error messages contain field, limit and length, never the value. */
class DirectJobTest {

    private static final String PIN = "12345678910";
    private static final DirectDocument DOCUMENT =
            DirectDocument.builder("Document", new byte[] {1}).build();
    private static final DirectSigner KNOWN_BY_PIN =
            DirectSigner.withPersonalIdentificationNumber(PIN).build();
    private static final DirectSigner KNOWN_BY_CUSTOM_IDENTIFIER =
            DirectSigner.withCustomIdentifier("customer-1").build();
    private static final ExitUrls EXIT_URLS = ExitUrls.singleExitUrl(URI.create("https://sender.example/done"));

    static Stream<Arguments> tooLong() {
        return Stream.of(
                rejected(
                        "title",
                        80,
                        () -> DirectJob.builder(text(81), List.of(DOCUMENT), List.of(KNOWN_BY_PIN), EXIT_URLS)),
                rejected("document title", 80, () -> DirectDocument.builder(text(81), new byte[] {1})),
                rejected("description", 220, () -> builder().withDescription(text(221))),
                rejected("reference", 50, () -> builder().withReference(text(51))),
                rejected("custom identifier", 80, () -> DirectSigner.withCustomIdentifier(text(81))),
                rejected("completion URL", 500, () -> ExitUrls.of(url(501), url(500), url(500))),
                rejected("rejection URL", 500, () -> ExitUrls.of(url(500), url(501), url(500))),
                rejected("error URL", 500, () -> ExitUrls.of(url(500), url(500), url(501))));
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
                rejected(
                        "title", 80, () -> DirectJob.builder(" ", List.of(DOCUMENT), List.of(KNOWN_BY_PIN), EXIT_URLS)),
                rejected("document title", 80, () -> DirectDocument.builder("", new byte[] {1})),
                rejected("custom identifier", 80, () -> DirectSigner.withCustomIdentifier("\t")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blank")
    void rejectsBlankValues(String field, int limit, ThrowingCallable building) {
        assertThatThrownBy(building)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(field + " must not be blank; it must have 1 to " + limit + " characters");
    }

    @Test
    void rejectsCharactersNotAllowedInXml() {
        assertThatThrownBy(() -> DirectSigner.withCustomIdentifier("a\u0001"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "custom identifier contains the character U+0001 at index 1, which XML 1.0 does not allow");
    }

    @Test
    void acceptsValuesUpToTheirLimits() {
        var job = DirectJob.builder(
                        text(80),
                        Collections.nCopies(20, DOCUMENT),
                        IntStream.range(0, 10)
                                .mapToObj(i -> DirectSigner.withCustomIdentifier(text(79) + i)
                                        .build())
                                .toList(),
                        ExitUrls.of(url(500), url(500), url(500)))
                .withDescription(text(220))
                .withReference(text(50))
                .build();

        assertThat(job.documents()).hasSize(20);
        assertThat(job.signers()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21})
    void rejectsNoneOrMoreThanTwentyDocuments(int count) {
        assertThatThrownBy(() -> DirectJob.builder(
                        "Title", Collections.nCopies(count, DOCUMENT), List.of(KNOWN_BY_PIN), EXIT_URLS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("documents must have 1 to 20 elements, but has " + count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void acceptsOneAndTwentyDocuments(int count) {
        assertThat(DirectJob.builder("Title", Collections.nCopies(count, DOCUMENT), List.of(KNOWN_BY_PIN), EXIT_URLS)
                        .build()
                        .documents())
                .hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void rejectsNoneOrMoreThanTenSigners(int count) {
        assertThatThrownBy(() -> DirectJob.builder(
                        "Title", List.of(DOCUMENT), Collections.nCopies(count, KNOWN_BY_PIN), EXIT_URLS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signers must have 1 to 10 elements, but has " + count);
    }

    static Stream<List<DirectSigner>> signersWithEqualIdentifiers() {
        return Stream.of(
                List.of(KNOWN_BY_PIN, KNOWN_BY_CUSTOM_IDENTIFIER, KNOWN_BY_PIN),
                List.of(KNOWN_BY_CUSTOM_IDENTIFIER, KNOWN_BY_PIN, KNOWN_BY_CUSTOM_IDENTIFIER),
                List.of(
                        KNOWN_BY_PIN,
                        KNOWN_BY_CUSTOM_IDENTIFIER,
                        DirectSigner.withCustomIdentifier(PIN).build()),
                List.of(
                        KNOWN_BY_CUSTOM_IDENTIFIER,
                        KNOWN_BY_PIN,
                        DirectSigner.withCustomIdentifier(" customer-1 ").build()));
    }

    @ParameterizedTest
    @MethodSource("signersWithEqualIdentifiers")
    void rejectsSignersWithEqualIdentifiers(List<DirectSigner> signers) {
        assertThatThrownBy(() -> DirectJob.builder("Title", List.of(DOCUMENT), signers, EXIT_URLS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signers must have different identifiers, but signer 1 and signer 3 have the same;"
                        + " leading and trailing blanks are ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567891", "123456789101", "1234567891o", "12345 78910"})
    void rejectsInvalidPersonalIdentificationNumberWithoutQuotingIt(String number) {
        assertThatThrownBy(() -> DirectSigner.withPersonalIdentificationNumber(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("personal identification number must be eleven digits (0-9), but the given value with "
                        + number.length() + " characters is not");
    }

    @Test
    void signerHasOneKindOfIdentifier() {
        assertThat(KNOWN_BY_PIN.isIdentifiedByPersonalIdentificationNumber()).isTrue();
        assertThat(KNOWN_BY_PIN.personalIdentificationNumber()).isEqualTo(PIN).isEqualTo(KNOWN_BY_PIN.identifier());
        assertThat(KNOWN_BY_PIN.customIdentifier()).isNull();
        assertThat(KNOWN_BY_CUSTOM_IDENTIFIER.isIdentifiedByPersonalIdentificationNumber())
                .isFalse();
        assertThat(KNOWN_BY_CUSTOM_IDENTIFIER.customIdentifier())
                .isEqualTo("customer-1")
                .isEqualTo(KNOWN_BY_CUSTOM_IDENTIFIER.identifier());
        assertThat(KNOWN_BY_CUSTOM_IDENTIFIER.personalIdentificationNumber()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/done", "//sender.example/done", "mailto:sender@example.com"})
    void rejectsExitUrlThatIsNotAbsolute(URI url) {
        assertThatThrownBy(() -> ExitUrls.singleExitUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("completion URL must be absolute");
    }

    @Test
    void singleExitUrlIsUsedForAllOutcomes() {
        var urls = ExitUrls.singleExitUrl(URI.create("app://done"));

        assertThat(urls.completionUrl()).hasToString("app://done");
        assertThat(urls.rejectionUrl()).isEqualTo(urls.completionUrl());
        assertThat(urls.errorUrl()).isEqualTo(urls.completionUrl());
    }

    @Test
    void encodesExitUrlsAsAscii() {
        var urls = ExitUrls.singleExitUrl(URI.create("https://sender.example/kjøp?a=ø#æ"));

        assertThat(urls.completionUrl()).hasToString("https://sender.example/kj%C3%B8p?a=%C3%B8#%C3%A6");
        assertThat(ExitUrls.singleExitUrl(URI.create("https://sender.example/%3C\u0301"))
                        .errorUrl())
                .as("a combining mark after an escape")
                .hasToString("https://sender.example/%3C%CC%81");
    }

    @Test
    void numberInSignedDocumentsRequiresSignersIdentifiedByNumber() {
        assertThatThrownBy(() -> DirectJob.builder(
                                "Title",
                                List.of(DOCUMENT),
                                List.of(KNOWN_BY_PIN, KNOWN_BY_CUSTOM_IDENTIFIER),
                                EXIT_URLS)
                        .withIdentifierInSignedDocuments(
                                IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identifierInSignedDocuments");
        assertThat(builder()
                        .withIdentifierInSignedDocuments(
                                IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME)
                        .build()
                        .identifierInSignedDocuments())
                .isEqualTo(IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME);
    }

    @Test
    void reusedBuilderDoesNotChangeEarlierJobs() {
        var builder = builder().withReference("first");
        DirectJob first = builder.build();
        DirectJob second = builder.withReference(new UUID(1, 2))
                .retrieveStatusBy(StatusRetrievalMethod.POLLING)
                .build();

        assertThat(first.reference()).isEqualTo("first");
        assertThat(first.statusRetrievalMethod()).isNull();
        assertThat(second.reference()).isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(second.statusRetrievalMethod()).isEqualTo(StatusRetrievalMethod.POLLING);
    }

    private static DirectJob.Builder builder() {
        return DirectJob.builder("Title", DOCUMENT, KNOWN_BY_PIN, EXIT_URLS);
    }

    private static Arguments rejected(String field, int limit, ThrowingCallable building) {
        return Arguments.of(field, limit, building);
    }

    private static String text(int length) {
        return "å".repeat(length);
    }

    private static URI url(int length) {
        String start = "https://sender.example/";
        return URI.create(start + "x".repeat(length - start.length()));
    }
}
