package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds an ASiC-E bundle. The bundle is valid by default. It is assembled by hand, so that any part can be made
 * invalid.
 */
final class TestBundle {

    static final String MANIFEST = """
            <portal-signature-job-manifest xmlns="http://signering.posten.no/schema/v1">\
            <signers><signer><personal-identification-number>12345678910</personal-identification-number>\
            <notifications><email address="signer@board.example"/></notifications></signer></signers>\
            <sender><organization-number>123456789</organization-number></sender>\
            <title>Minutes</title>\
            <documents><document href="minutes.txt" mime="text/plain"><title>Minutes</title></document></documents>\
            </portal-signature-job-manifest>""";

    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    private static final String C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    private final ClientCertificate certificate;
    private final Map<String, byte[]> signed = new LinkedHashMap<>();
    private final Map<String, byte[]> afterwards = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private Instant signingTime;
    private UnaryOperator<String> signatures = UnaryOperator.identity();
    private UnaryOperator<String> properties = UnaryOperator.identity();
    private UnaryOperator<String> signedInfo = UnaryOperator.identity();

    private TestBundle(ClientCertificate certificate, Instant signingTime) {
        this.certificate = certificate;
        this.signingTime = signingTime;
        signed.put("minutes.txt", "We met.".getBytes(UTF_8));
        signed.put("manifest.xml", MANIFEST.getBytes(UTF_8));
    }

    static TestBundle by(ClientCertificate certificate, Instant signingTime) {
        return new TestBundle(certificate, signingTime);
    }

    /** Adds or replaces an entry that the signature covers. */
    TestBundle signed(String name, byte[] content) {
        signed.put(name, content);
        return this;
    }

    TestBundle manifest(UnaryOperator<String> edit) {
        return signed("manifest.xml", edit.apply(MANIFEST).getBytes(UTF_8));
    }

    /** Adds or replaces an entry after the signature was made. */
    TestBundle afterwards(String name, String content) {
        afterwards.put(name, content.getBytes(UTF_8));
        return this;
    }

    /** Leaves out an entry of the zip that the signature covers. */
    TestBundle without(String name) {
        missing.add(name);
        return this;
    }

    TestBundle signingTime(Instant time) {
        signingTime = time;
        return this;
    }

    /** Changes the finished signatures.xml. */
    TestBundle signatures(UnaryOperator<String> edit) {
        signatures = edit;
        return this;
    }

    /** Changes the canonical SignedProperties before they are signed. */
    TestBundle properties(UnaryOperator<String> edit) {
        properties = edit;
        return this;
    }

    /** Changes the canonical SignedInfo before it is signed. */
    TestBundle signedInfo(UnaryOperator<String> edit) {
        signedInfo = edit;
        return this;
    }

    byte[] zip() {
        Map<String, byte[]> entries = new LinkedHashMap<>(signed);
        entries.put("META-INF/signatures.xml", signaturesXml().getBytes(UTF_8));
        entries.putAll(afterwards);
        missing.forEach(entries::remove);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String signaturesXml() {
        String canonicalProperties = properties.apply(canonicalProperties());
        String canonicalInfo = signedInfo.apply(canonicalInfo(canonicalProperties));
        String xml = "<XAdESSignatures xmlns=\"http://uri.etsi.org/2918/v1.2.1#\"><Signature xmlns=\"" + DS
                + "\" Id=\"Signature\">"
                + canonicalInfo.replace("<SignedInfo xmlns=\"" + DS + "\">", "<SignedInfo>")
                + "<SignatureValue>" + base64(rsa(canonicalInfo.getBytes(UTF_8))) + "</SignatureValue>"
                + "<KeyInfo><X509Data>" + certificates() + "</X509Data></KeyInfo>"
                + "<Object><QualifyingProperties xmlns=\"http://uri.etsi.org/01903/v1.3.2#\" xmlns:ns2=\"" + DS
                + "\" Target=\"#Signature\">"
                + canonicalProperties.replace(
                        " xmlns=\"http://uri.etsi.org/01903/v1.3.2#\" xmlns:ns2=\"" + DS + "\" Id", " Id")
                + "</QualifyingProperties></Object></Signature></XAdESSignatures>";
        return signatures.apply(xml);
    }

    private String canonicalInfo(String canonicalProperties) {
        StringBuilder info = new StringBuilder(
                "<SignedInfo xmlns=\"" + DS + "\">"
                        + "<CanonicalizationMethod Algorithm=\"" + C14N + "\"></CanonicalizationMethod>"
                        + "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"></SignatureMethod>");
        int index = 0;
        for (Map.Entry<String, byte[]> entry : signed.entrySet()) {
            info.append("<Reference Id=\"ID_" + index++ + "\" URI=\"" + entry.getKey() + "\">"
                    + digested(entry.getValue()) + "</Reference>");
        }
        return info.append("<Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#SignedProperties\">"
                        + "<Transforms><Transform Algorithm=\"" + C14N + "\"></Transform></Transforms>"
                        + digested(canonicalProperties.getBytes(UTF_8)) + "</Reference></SignedInfo>")
                .toString();
    }

    private String canonicalProperties() {
        X509Certificate leaf = certificate.certificate();
        return "<SignedProperties xmlns=\"http://uri.etsi.org/01903/v1.3.2#\" xmlns:ns2=\"" + DS
                + "\" Id=\"SignedProperties\"><SignedSignatureProperties><SigningTime>" + signingTime
                + "</SigningTime><SigningCertificate><Cert><CertDigest><ns2:DigestMethod Algorithm=\"" + DS
                + "sha1\"></ns2:DigestMethod><ns2:DigestValue>" + base64(digest("SHA-1", encoded(leaf)))
                + "</ns2:DigestValue></CertDigest><IssuerSerial><ns2:X509IssuerName>"
                + leaf.getIssuerX500Principal().getName() + "</ns2:X509IssuerName><ns2:X509SerialNumber>"
                + leaf.getSerialNumber() + "</ns2:X509SerialNumber></IssuerSerial></Cert></SigningCertificate>"
                + "</SignedSignatureProperties><SignedDataObjectProperties>" + formats()
                + "</SignedDataObjectProperties></SignedProperties>";
    }

    private String formats() {
        return IntStream.range(0, signed.size())
                .mapToObj(index -> "<DataObjectFormat ObjectReference=\"#ID_" + index
                        + "\"><MimeType>application/octet-stream</MimeType></DataObjectFormat>")
                .collect(Collectors.joining());
    }

    private String certificates() {
        StringBuilder certificates = new StringBuilder();
        certificate
                .chain()
                .forEach(c -> certificates.append("<X509Certificate>" + base64(encoded(c)) + "</X509Certificate>"));
        return certificates.toString();
    }

    private static String digested(byte[] bytes) {
        return "<DigestMethod Algorithm=\"" + SHA256 + "\"></DigestMethod><DigestValue>"
                + base64(digest("SHA-256", bytes)) + "</DigestValue>";
    }

    private byte[] rsa(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(certificate.privateKey());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
