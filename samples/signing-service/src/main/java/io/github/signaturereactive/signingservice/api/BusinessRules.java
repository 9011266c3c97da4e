package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.signature.Manifest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for a manifest that the schema does not express. Some depend on whether the sender is a public or a private
 * organization.
 */
final class BusinessRules {

    private static final Duration LONGEST_AVAILABILITY = Duration.ofDays(90);
    private static final Set<String> MEDIA_TYPES = Set.of("application/pdf", "text/plain");

    private final Set<String> privateOrganizations;

    BusinessRules(Set<String> privateOrganizations) {
        this.privateOrganizations = privateOrganizations;
    }

    void check(Manifest manifest, String sender) {
        if (!manifest.sender().equals(sender)) {
            throw ApiException.invalidBundle(
                    "The manifest's sender is " + manifest.sender() + ", the request's is " + sender);
        }
        checkDocuments(manifest);
        manifest.available()
                .filter(available -> available.compareTo(LONGEST_AVAILABILITY) > 0)
                .ifPresent(available -> {
                    throw ApiException.invalidBundle("available-seconds is " + available.toSeconds() + "; the limit is "
                            + LONGEST_AVAILABILITY.toSeconds());
                });
        manifest.signers().forEach(BusinessRules::checkSigner);
        checkIdentifiers(manifest.signers());
        if (manifest.identifierInSignedDocuments().equals(Optional.of("PERSONAL_IDENTIFICATION_NUMBER_AND_NAME"))
                && manifest.signers().stream()
                        .anyMatch(
                                signer -> signer.personalIdentificationNumber().isEmpty())) {
            throw ApiException.invalidBundle(
                    "PERSONAL_IDENTIFICATION_NUMBER_AND_NAME needs every signer to be identified by"
                            + " personal identification number");
        }
        if (privateOrganizations.contains(sender)) {
            checkPrivate(manifest);
        } else {
            checkPublic(manifest);
        }
    }

    private static void checkDocuments(Manifest manifest) {
        manifest.documents().stream()
                .filter(document -> !MEDIA_TYPES.contains(document.mime()))
                .findFirst()
                .ifPresent(document -> {
                    throw ApiException.invalidBundle(
                            "The document " + document.href() + " is of type " + document.mime() + "; only "
                                    + MEDIA_TYPES.stream().sorted().toList() + " are accepted");
                });
    }

    private static void checkSigner(Manifest.Signer signer) {
        if (signer.notificationsUsingLookup()
                && signer.personalIdentificationNumber().isEmpty()) {
            throw ApiException.invalidBundle("notifications-using-lookup needs a personal identification number");
        }
        if (signer.notificationsUsingLookup() && signer.onBehalfOf().equals(Optional.of("OTHER"))) {
            throw ApiException.invalidBundle(
                    "Signing on behalf of OTHER does not go together with notifications-using-lookup");
        }
    }

    private static void checkIdentifiers(List<Manifest.Signer> signers) {
        Set<String> identifiers = new HashSet<>();
        boolean unique = signers.stream()
                .flatMap(signer -> signer.signerIdentifier().stream())
                .allMatch(identifiers::add);
        if (!unique) {
            throw ApiException.invalidBundle("Two signers have the same signer-identifier");
        }
    }

    private static void checkPrivate(Manifest manifest) {
        if (manifest.signers().stream().anyMatch(Manifest.Signer::notificationsUsingLookup)) {
            throw ApiException.featureNotAvailable("notifications-using-lookup is for public organizations only");
        }
        if (manifest.signers().stream().anyMatch(signer -> !advanced(signer, true))) {
            throw ApiException.featureNotAvailable(
                    "Private organizations can have advanced electronic signatures only");
        }
        if (manifest.requiredAuthentication().equals(Optional.of(3))) {
            throw ApiException.featureNotAvailable("Private organizations can require authentication level 4 only");
        }
        if (manifest.identifierInSignedDocuments().equals(Optional.of("NAME"))) {
            throw ApiException.featureNotAvailable("Private organizations cannot have NAME alone in signed documents");
        }
    }

    private static void checkPublic(Manifest manifest) {
        boolean advanced = manifest.signers().stream().anyMatch(signer -> advanced(signer, false));
        if (advanced && manifest.documents().size() > 1) {
            throw ApiException.featureNotAvailable(
                    "Public organizations cannot have advanced electronic signatures on several documents");
        }
        manifest.identifierInSignedDocuments()
                .filter(identifier -> advanced && !identifier.equals("PERSONAL_IDENTIFICATION_NUMBER_AND_NAME"))
                .ifPresent(identifier -> {
                    throw ApiException.featureNotAvailable(
                            "Public organizations can have " + identifier + " with authenticated signatures only");
                });
    }

    private static boolean advanced(Manifest.Signer signer, boolean byDefault) {
        return signer.signatureType()
                .map("ADVANCED_ELECTRONIC_SIGNATURE"::equals)
                .orElse(byDefault);
    }
}
