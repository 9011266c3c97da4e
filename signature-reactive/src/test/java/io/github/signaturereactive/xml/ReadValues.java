package io.github.signaturereactive.xml;

import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.SignerIdentifier;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The values of a read message, in the order of the schema, for comparison with {@link OfficialReadValues}. */
final class ReadValues {

    private ReadValues() {}

    static List<Object> of(PortalJobResponse response) {
        return Arrays.asList(
                response.reference(),
                response.signatureJobId(),
                url(response.cancellationUrl(), reference -> reference.url()));
    }

    static List<Object> of(PortalJobStatusChanged change) {
        return Arrays.asList(
                change.reference(),
                change.signatureJobId(),
                change.status().value(),
                url(change.confirmationReference(), reference -> reference.url()),
                url(change.cancellationUrl(), reference -> reference.url()),
                url(change.deleteDocumentsUrl(), reference -> reference.url()),
                url(change.pAdESUrl(), reference -> reference.url()),
                change.signatures().stream()
                        .map(signature -> Arrays.asList(
                                signer(signature.signer()),
                                signature.status().value(),
                                instant(signature.since()),
                                url(signature.xAdESUrl(), reference -> reference.url())))
                        .toList());
    }

    static List<Object> of(DirectJobResponse response) {
        return Arrays.asList(
                response.reference(),
                response.signatureJobId(),
                response.statusUrl(),
                response.signers().stream().map(ReadValues::of).toList());
    }

    static List<Object> of(DirectSignerResponse signer) {
        return Arrays.asList(
                signer.personalIdentificationNumber(),
                signer.customIdentifier(),
                url(signer.signerUrl(), reference -> reference.url()),
                signer.redirectUrl());
    }

    static List<Object> of(DirectJobStatusResponse status) {
        return Arrays.asList(
                status.reference(),
                status.signatureJobId(),
                status.status().value(),
                url(status.confirmationReference(), reference -> reference.url()),
                url(status.deleteDocumentsUrl(), reference -> reference.url()),
                url(status.pAdESUrl(), reference -> reference.url()),
                status.signatures().stream()
                        .map(signature -> Arrays.asList(
                                signature.signer(),
                                signature.status().value(),
                                instant(signature.since()),
                                url(signature.xAdESUrl(), reference -> reference.url())))
                        .toList());
    }

    static List<Object> of(ErrorMessage error) {
        return Arrays.asList(error.code(), error.message(), error.type());
    }

    private static List<String> signer(SignerIdentifier signer) {
        if (signer instanceof SignerIdentifier.PersonalIdentificationNumber number) {
            return Arrays.asList(number.value(), null, null);
        }
        return signer instanceof SignerIdentifier.ContactInformation contact
                ? Arrays.asList(null, contact.emailAddress(), contact.mobileNumber())
                : Arrays.asList(null, null, null);
    }

    private static <T> URI url(T reference, Function<T, URI> url) {
        return reference == null ? null : url.apply(reference);
    }

    private static Object instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
