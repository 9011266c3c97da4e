package io.github.signaturereactive.signingservice.signature;

import io.github.signaturereactive.signingservice.certificate.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The signature of one signer, as shown in the signed documents.
 *
 * @param index the signer's index in the manifest; the first is 0
 * @param name the name or identifier shown in the documents
 * @param at the time of the signature
 */
public record SignerSignature(int index, String name, Instant at) {

    /** Issues a personal certificate of the signer by the service's authority. */
    X509Certificate certificate() {
        return CertificateAuthority.trusted().issueToSigner(name);
    }

    @Override
    public String toString() {
        return "Signature of signer " + index;
    }
}
