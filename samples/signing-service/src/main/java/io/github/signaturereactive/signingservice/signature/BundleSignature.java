package io.github.signaturereactive.signingservice.signature;

import io.github.signaturereactive.signingservice.certificate.OrganizationNumber;
import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Caller;
import io.github.signaturereactive.signingservice.protocol.Dom;
import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Verifies the XAdES signature of a bundle with the JDK's XML signature implementation. */
public final class BundleSignature {

    static final String SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties";
    static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /**
     * The canonicalizations that the service accepts in SignedInfo and for SignedProperties: inclusive, without
     * comments.
     */
    private static final Set<String> CANONICALIZATIONS =
            Set.of(CanonicalizationMethod.INCLUSIVE, "http://www.w3.org/2006/12/xml-c14n11");

    private static final Duration SIGNING_TIME_TOLERANCE = Duration.ofSeconds(5);

    private final Element signature;
    private final Element signedProperties;
    private final Terms terms;

    /**
     * The requirements on a signature, apart from being cryptographically valid.
     *
     * @param authority the required issuer of the signer's certificate
     * @param caller the client that must have signed
     * @param clock the clock that the signing time is compared with
     * @param enforceSigningTime whether the signing time is compared with the clock
     */
    public record Terms(X509Certificate authority, Caller caller, Clock clock, boolean enforceSigningTime) {}

    /** Reads the signature from a document that is valid against the schemas. */
    BundleSignature(Document signatures, Terms terms) {
        Element root = signatures.getDocumentElement();
        List<Element> found = Dom.children(root, "Signature");
        if (!"XAdESSignatures".equals(root.getLocalName()) || found.size() != 1) {
            throw ApiException.invalidBundle("There must be one XAdESSignatures with one Signature in it");
        }
        this.signature = found.get(0);
        this.signedProperties = Dom.children(signature, "Object").stream()
                .flatMap(object -> Dom.children(object, "QualifyingProperties").stream())
                .flatMap(qualifying -> Dom.children(qualifying, "SignedProperties").stream())
                .findFirst()
                .orElseThrow(() -> ApiException.invalidBundle("The signature has no SignedProperties"));
        this.terms = terms;
    }

    /** Verifies the signature and returns the entries that were read, by name. */
    Map<String, BundleEntry> verify(ZipFile zip, List<String> names) {
        Element properties = signingProperties();
        X509Certificate signer = new SignerCertificate(signature, properties)
                .find(terms.authority(), terms.clock().instant());
        checkSigner(signer);
        if (terms.enforceSigningTime()) {
            checkSigningTime(properties);
        }
        EntryDereferencer entries = new EntryDereferencer(zip, Set.copyOf(names));
        try {
            verify(signer, entries, names);
        } catch (MarshalException | XMLSignatureException e) {
            throw ApiException.invalidBundle("The signature cannot be verified: " + rootCause(e));
        }
        return entries.read();
    }

    private void verify(X509Certificate signer, EntryDereferencer entries, List<String> names)
            throws MarshalException, XMLSignatureException {
        DOMValidateContext context =
                new DOMValidateContext(KeySelector.singletonKeySelector(signer.getPublicKey()), signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        context.setIdAttributeNS(signedProperties, null, "Id");
        context.setURIDereferencer(entries);
        XMLSignature xmlSignature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        String method = xmlSignature.getSignedInfo().getSignatureMethod().getAlgorithm();
        if (!RSA_SHA256.equals(method)) {
            throw ApiException.invalidBundle("The signature method must be " + RSA_SHA256 + ", not " + method);
        }
        checkCanonicalization(
                "SignedInfo",
                xmlSignature.getSignedInfo().getCanonicalizationMethod().getAlgorithm());
        List<Reference> references = xmlSignature.getSignedInfo().getReferences();
        checkCoverage(references, names);
        if (!xmlSignature.getSignatureValue().validate(context)) {
            throw ApiException.invalidBundle("The signature value does not verify with the signer's certificate");
        }
        for (Reference reference : references) {
            if (!reference.validate(context)) {
                throw ApiException.invalidBundle("The digest of " + reference.getURI() + " does not match");
            }
        }
    }

    private void checkCoverage(List<Reference> references, List<String> names) {
        String propertiesUri = "#" + signedProperties.getAttribute("Id");
        Set<String> uncovered = names.stream()
                .filter(name -> !BundleVerification.isMetaInf(name))
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> entries = Set.copyOf(uncovered);
        int propertiesReferences = 0;
        for (Reference reference : references) {
            String uri = String.valueOf(reference.getURI());
            if (!DigestMethod.SHA256.equals(reference.getDigestMethod().getAlgorithm())) {
                throw ApiException.invalidBundle("The digest of " + uri + " must be SHA-256");
            }
            if (uri.equals(propertiesUri)) {
                if (!SIGNED_PROPERTIES.equals(reference.getType())) {
                    throw ApiException.invalidBundle(
                            "The reference to " + uri + " must be of type " + SIGNED_PROPERTIES);
                }
                for (Transform transform : reference.getTransforms()) {
                    checkCanonicalization(uri, transform.getAlgorithm());
                }
                propertiesReferences++;
                continue;
            }
            String entry = BundleVerification.entryName(uri, entries);
            if (entry == null) {
                throw ApiException.invalidBundle("The signature refers to " + uri + ", which is not in the bundle");
            }
            if (!uncovered.remove(entry)) {
                throw ApiException.invalidBundle("The signature refers to " + uri + " twice");
            }
            if (!reference.getTransforms().isEmpty()) {
                throw ApiException.invalidBundle("The reference to " + uri + " must have no transforms");
            }
            checkFormat(uri, reference.getId());
        }
        if (!uncovered.isEmpty()) {
            throw ApiException.invalidBundle("The signature does not cover " + uncovered);
        }
        if (propertiesReferences != 1) {
            throw ApiException.invalidBundle("The signature must refer to its SignedProperties once");
        }
    }

    private static void checkCanonicalization(String what, String algorithm) {
        if (!CANONICALIZATIONS.contains(algorithm)) {
            throw ApiException.invalidBundle("The canonicalization of " + what + " must be one of "
                    + CANONICALIZATIONS.stream().sorted().toList() + ", not " + algorithm);
        }
    }

    /** Checks that the file has a DataObjectFormat with a media type, as XAdES baseline B requires. */
    private void checkFormat(String uri, @Nullable String referenceId) {
        long formats = Dom.child(signedProperties, "SignedDataObjectProperties").stream()
                .flatMap(properties -> Dom.children(properties, "DataObjectFormat").stream())
                .filter(format -> format.getAttribute("ObjectReference").equals("#" + referenceId))
                .filter(format -> Dom.text(format, "MimeType").isPresent())
                .count();
        if (formats != 1) {
            throw ApiException.invalidBundle("There must be one DataObjectFormat with a MimeType for " + uri);
        }
    }

    private Element signingProperties() {
        return Dom.child(signedProperties, "SignedSignatureProperties")
                .orElseThrow(() -> ApiException.invalidBundle("There are no SignedSignatureProperties"));
    }

    /**
     * Checks the signer's certificate. A client with an access token must sign with its registered certificate, other
     * clients with a certificate of their organization.
     */
    private void checkSigner(X509Certificate signer) {
        if (terms.caller().registered().isPresent()) {
            if (!terms.caller().registered().get().equals(signer)) {
                throw ApiException.invalidBundle(
                        "The bundle is not signed with the certificate that the client is registered with");
            }
            return;
        }
        String organizationNumber = terms.caller().organizationNumber();
        String number = OrganizationNumber.of(signer).orElse("none");
        if (!number.equals(organizationNumber)) {
            throw ApiException.invalidBundle(
                    "The bundle is signed by organization " + number + " but sent by " + organizationNumber);
        }
    }

    private void checkSigningTime(Element properties) {
        String text = Dom.text(properties, "SigningTime")
                .orElseThrow(() -> ApiException.invalidBundle("There is no SigningTime"));
        Instant now = terms.clock().instant();
        try {
            Duration skew = Duration.between(Manifest.instant(text), now).abs();
            if (skew.compareTo(SIGNING_TIME_TOLERANCE) > 0) {
                throw ApiException.invalidBundle("The signing time " + text + " is more than "
                        + SIGNING_TIME_TOLERANCE.toSeconds() + " seconds from the service's time "
                        + XmlMessage.dateTime(now));
            }
        } catch (DateTimeException e) {
            throw ApiException.invalidBundle("The signing time " + text + " cannot be read");
        }
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
