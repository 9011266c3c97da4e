package io.github.signaturereactive.asice;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * The signature of a bundle, a XAdES baseline signature.
 *
 * <p>What is signed is the canonical form (REC-xml-c14n-20010315) of two elements. It is written here directly: no white
 * space between elements, start and end tags, attributes in order, each of the two beginning with the namespaces that
 * are in scope where it stands. Its own bytes are then its canonical form.
 */
final class XAdES {

    private static final String ASIC = "http://uri.etsi.org/2918/v1.2.1#";
    private static final String XML_DSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final String SHA_1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    private static final String SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final String RSA_SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private static final String CANONICAL = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final Clock clock;

    /**
     * Signs with this key.
     *
     * @param key an RSA key
     * @param chain the key's certificate, then those that issued it
     */
    XAdES(PrivateKey key, List<X509Certificate> chain, Clock clock) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate to sign with");
        }
        this.key = key;
        this.chain = List.copyOf(chain);
        this.clock = clock;
    }

    /** {@code signatures.xml}, signed now. */
    byte[] sign(List<Reference> references) {
        try {
            String properties = signedProperties(references);
            String signedInfo = signedInfo(references, properties);
            return signatures(signedInfo, properties).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The bundle cannot be signed with this " + key.getAlgorithm() + " key; the service wants RSA", e);
        }
    }

    private String signatures(String signedInfo, String properties) throws GeneralSecurityException {
        var certificates = new StringBuilder();
        for (X509Certificate certificate : chain) {
            certificates.append(element("X509Certificate", base64(certificate.getEncoded())));
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<XAdESSignatures xmlns=\"" + ASIC + "\"><Signature xmlns=\"" + XML_DSIG + "\" Id=\"Signature\">"
                + signedInfo
                + element("SignatureValue", base64(rsa(signedInfo)))
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

    /** SHA-1 is what the service asks for here; the certificate itself is protected by its issuer's signature. */
    private String signingCertificate() throws GeneralSecurityException {
        X509Certificate certificate = chain.get(0);
        BigInteger serialNumber = certificate.getSerialNumber();
        return "<CertDigest>" + algorithm("ns2:DigestMethod", SHA_1)
                + element("ns2:DigestValue", digest("SHA-1", certificate.getEncoded()))
                + "</CertDigest><IssuerSerial>"
                + element(
                        "ns2:X509IssuerName",
                        text(certificate.getIssuerX500Principal().getName()))
                + element("ns2:X509SerialNumber", serialNumber.toString())
                + "</IssuerSerial>";
    }

    private byte[] rsa(String signedInfo) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signedInfo.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
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

    /** Text in its canonical form. */
    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xD;");
    }
}
