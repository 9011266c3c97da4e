package io.github.signaturereactive.signingservice.signature;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Dom;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Finds the signer's certificate: the one in a signature's KeyInfo that the signed SigningCertificate property
 * identifies.
 */
final class SignerCertificate {

    private static final String SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";

    private final Element signature;
    private final Element signedSignatureProperties;

    SignerCertificate(Element signature, Element signedSignatureProperties) {
        this.signature = signature;
        this.signedSignatureProperties = signedSignatureProperties;
    }

    /** Finds the certificate, and checks that this authority issued it and that it is valid now. */
    X509Certificate find(X509Certificate authority, Instant now) {
        X509Certificate certificate = pointedOut();
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return certificate;
        } catch (GeneralSecurityException e) {
            throw ApiException.invalidBundle("The signer's certificate is not trusted: " + e.getMessage());
        }
    }

    private X509Certificate pointedOut() {
        Element cert = Dom.child(signedSignatureProperties, "SigningCertificate")
                .flatMap(signingCertificate -> Dom.child(signingCertificate, "Cert"))
                .orElseThrow(() -> ApiException.invalidBundle("There is no SigningCertificate"));
        Element certDigest = Dom.required(cert, "CertDigest");
        if (!SHA1.equals(Dom.required(certDigest, "DigestMethod").getAttribute("Algorithm"))) {
            throw ApiException.invalidBundle("The digest of the SigningCertificate must be SHA-1");
        }
        byte[] digest = decode(Dom.text(certDigest, "DigestValue").orElse(""));
        String serialNumber =
                Dom.text(Dom.required(cert, "IssuerSerial"), "X509SerialNumber").orElse("");
        return Dom.child(signature, "KeyInfo").stream()
                .flatMap(keyInfo -> Dom.children(keyInfo, "X509Data").stream())
                .flatMap(data -> Dom.children(data, "X509Certificate").stream())
                .map(certificate -> certificate(decode(certificate.getTextContent())))
                .filter(certificate -> Arrays.equals(digest, sha1(certificate)))
                .filter(certificate -> new BigInteger(serialNumber).equals(certificate.getSerialNumber()))
                .findFirst()
                .orElseThrow(() -> ApiException.invalidBundle("No certificate in KeyInfo is the SigningCertificate"));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidBundle("Base64 expected in the signature: " + e.getMessage());
        }
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw ApiException.invalidBundle("A certificate in KeyInfo cannot be read");
        }
    }

    /** Computes a SHA-1 digest, which the service's documentation requires. */
    private static byte[] sha1(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
