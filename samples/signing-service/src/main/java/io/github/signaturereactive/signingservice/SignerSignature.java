package io.github.signaturereactive.signingservice;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signature of one signer, as shown in the signed documents.
 *
 * @param index the signer's index in the manifest; the first is 0
 * @param name the name or identifier shown in the documents
 * @param at the time of the signature
 */
record SignerSignature(int index, String name, Instant at) {

    /** Returns the signatures of a job in the order in which they were made. */
    static List<SignerSignature> of(SignatureJob job) {
        return job.signers().stream()
                .filter(signer -> signer.status() == SignerStatus.SIGNED)
                .sorted(java.util.Comparator.comparing(SignatureJob.Signer::since)
                        .thenComparingInt(SignatureJob.Signer::index))
                .map(signer -> new SignerSignature(
                        signer.index(), name(signer, job.manifest().identifierInSignedDocuments()), signer.since()))
                .toList();
    }

    /** Issues a personal certificate of the signer by the service's authority. */
    X509Certificate certificate() {
        return CertificateAuthority.trusted().issueToSigner(name);
    }

    private static String name(SignatureJob.Signer signer, Optional<String> identifier) {
        String name = "Signer " + (signer.index() + 1);
        Optional<String> number = signer.manifest().personalIdentificationNumber();
        return switch (identifier.orElse("PERSONAL_IDENTIFICATION_NUMBER_AND_NAME")) {
            case "NAME" -> name;
            case "DATE_OF_BIRTH_AND_NAME" ->
                number.map(n -> name + ", born " + n.substring(0, 6)).orElse(name);
            default -> number.map(n -> name + ", " + n).orElse(name);
        };
    }

    @Override
    public String toString() {
        return "Signature of signer " + index;
    }
}
