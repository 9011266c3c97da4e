package io.github.signaturereactive.asice;

import io.github.signaturereactive.security.OrganizationCertificate;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * Creates {@code META-INF/signatures.xml}, a XAdES baseline B signature. It has the profile that the service requires, which uses
 * elements of ETSI TS 101 903 and SHA-1 for the digest of the certificate.
 *
 * <p>XML-DSig signs the canonical form (REC-xml-c14n-20010315) of the elements {@code SignedInfo} and {@code SignedProperties}. This
 * class writes both elements in canonical form, so no canonicalization is needed. The canonical form has no empty-element tags, its
 * attributes are ordered, and both elements declare the namespaces in scope.
 */
final class XAdES {

    private static final String ASIC = "http://uri.etsi.org/2918/v1.2.1#";
    private static final String XML_DSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final String SHA_1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    private static final String SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final String RSA_SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private static final String CANONICAL = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    private final OrganizationCertificate certificate;
    private final Clock clock;

    XAdES(OrganizationCertificate certificate, Clock clock) {
        this.certificate = certificate;
        this.clock = clock;
    }

    /**
     * Returns the encoded {@code signatures.xml}. {@code SigningTime} is the current time of the clock. Blocks while the private key
     * signs.
     *
     * @throws io.github.signaturereactive.job.PrivateKeyException if the private key fails to sign
     */
    byte[] sign(List<Reference> references) {
        try {
            String properties = signedProperties(references);
            String signedInfo = signedInfo(references, properties);
            return signatures(signedInfo, properties).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The certificate cannot be encoded, or the Java runtime does not support SHA-1 or SHA-256", e);
        }
    }

    private String signatures(String signedInfo, String properties) throws GeneralSecurityException {
        var certificates = new StringBuilder();
        for (X509Certificate each : certificate.chain()) {
            certificates.append(element("X509Certificate", base64(each.getEncoded())));
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<XAdESSignatures xmlns=\"" + ASIC + "\"><Signature xmlns=\"" + XML_DSIG + "\" Id=\"Signature\">"
                + signedInfo
                + element("SignatureValue", base64(certificate.sign(signedInfo.getBytes(StandardCharsets.UTF_8))))
                + "<KeyInfo><X509Data>" + certificates + "</X509Data></KeyInfo>"
                + "<Object><QualifyingProperties xmlns=\"" + XADES + "\" xmlns:ns2=\"" + XML_DSIG
                + "\" Target=\"#Signature\">" + properties + "</QualifyingProperties></Object>"
                + "</Signature></XAdESSignatures>";
    }

    private static String signedInfo(List<Reference> references, String properties) throws GeneralSecurityException {
        var info = new StringBuilder("<SignedInfo xmlns=\"" + XML_DSIG + "\">")
                .append(algorithm("CanonicalizationMethod", CANONICAL))
                .append(algorithm("SignatureMethod", RSA_SHA_256));
        for (int i = 0; i < references.size(); i++) {
            Reference reference = references.get(i);
            info.append("<Reference Id=\"ID_" + i + "\" URI=\"" + reference.fileName() + "\">")
                    .append(algorithm("DigestMethod", SHA_256))
                    .append(element("DigestValue", reference.sha256()))
                    .append("</Reference>");
        }
        return info.append("<Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#SignedProperties\">")
                .append("<Transforms>" + algorithm("Transform", CANONICAL) + "</Transforms>")
                .append(algorithm("DigestMethod", SHA_256))
                .append(element("DigestValue", digest("SHA-256", properties.getBytes(StandardCharsets.UTF_8))))
                .append("</Reference></SignedInfo>")
                .toString();
    }

    private String signedProperties(List<Reference> references) throws GeneralSecurityException {
        var properties = new StringBuilder("<SignedProperties xmlns=\"" + XADES + "\" xmlns:ns2=\"" + XML_DSIG
                + "\" Id=\"SignedProperties\">" + "<SignedSignatureProperties>");
        properties
                .append(element(
                        "SigningTime",
                        DateTimeFormatter.ISO_INSTANT.format(clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .append("<SigningCertificate><Cert>" + signingCertificate() + "</Cert></SigningCertificate>")
                .append("</SignedSignatureProperties><SignedDataObjectProperties>");
        for (int i = 0; i < references.size(); i++) {
            properties
                    .append("<DataObjectFormat ObjectReference=\"#ID_" + i + "\">")
                    .append(element("MimeType", references.get(i).mediaType()))
                    .append("</DataObjectFormat>");
        }
        return properties
                .append("</SignedDataObjectProperties></SignedProperties>")
                .toString();
    }

    /** Returns the content of {@code Cert}. The service requires SHA-1 for {@code CertDigest}. */
    private String signingCertificate() throws GeneralSecurityException {
        X509Certificate leaf = certificate.certificate();
        BigInteger serialNumber = leaf.getSerialNumber();
        return "<CertDigest>" + algorithm("ns2:DigestMethod", SHA_1)
                + element("ns2:DigestValue", digest("SHA-1", leaf.getEncoded()))
                + "</CertDigest><IssuerSerial>"
                + element(
                        "ns2:X509IssuerName", text(leaf.getIssuerX500Principal().getName()))
                + element("ns2:X509SerialNumber", serialNumber.toString())
                + "</IssuerSerial>";
    }

    private static String digest(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return base64(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String algorithm(String name, String uri) {
        return "<" + name + " Algorithm=\"" + uri + "\"></" + name + ">";
    }

    private static String element(String name, String text) {
        return "<" + name + ">" + text + "</" + name + ">";
    }

    /** Escapes text as the canonical form requires. */
    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xD;");
    }
}
