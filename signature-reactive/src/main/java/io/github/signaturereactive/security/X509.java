package io.github.signaturereactive.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes certificates and builds the certificate chain of a key. */
final class X509 {

    private static final byte[] PROBE = {1};

    private X509() {}

    static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /**
     * Returns the certificate of the key, followed by its issuers as far as they are among the certificates. Returns an empty list if
     * the key has no certificate among them. Signs test data to find the certificate of the key.
     */
    static List<X509Certificate> chainOf(SigningKey key, List<X509Certificate> certificates)
            throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = certificateOf(key, certificates);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            chain.add(last);
            next = certificates.stream()
                    .filter(candidate -> !chain.contains(candidate) && issued(candidate, last))
                    .findFirst();
        }
        return List.copyOf(chain);
    }

    private static Optional<X509Certificate> certificateOf(SigningKey key, List<X509Certificate> certificates)
            throws GeneralSecurityException {
        byte[] signed = key.sign(SignatureScheme.RSA_PKCS1_SHA256, PROBE);
        return certificates.stream()
                .filter(certificate -> verifies(certificate.getPublicKey(), signed))
                .findFirst();
    }

    private static boolean verifies(PublicKey publicKey, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            return false; // another algorithm or key length
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime does not support SHA256withRSA", e);
        }
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
