package io.github.signaturereactive.asice;

import static org.assertj.core.api.Assertions.assertThat;

import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlSignatureScope;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import io.github.signaturereactive.schemas.Schemas;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Validates bundles with the XML schemas, with the XML-DSig implementation of the JDK and with EU DSS. */
final class Validators {

    static final String SIGNATURES = "META-INF/signatures.xml";

    private Validators() {}

    /** Asserts that the bundle is valid and that its signature covers all entries. */
    static void assertValid(byte[] bundle, SigningKey by) throws Exception {
        Map<String, byte[]> entries = Bundles.entries(bundle);
        assertThat(Schemas.MESSAGES
                        .validate(entries.get("manifest.xml"))
                        .getDocumentElement()
                        .getLocalName())
                .isEqualTo("portal-signature-job-manifest");
        assertValidXmlSignature(entries, by.certificate().getPublicKey());
        assertValidForDss(bundle, entries, by);
    }

    /** Asserts that XML-DSig of the JDK accepts the signature. Secure validation is enabled. */
    static void assertValidXmlSignature(Map<String, byte[]> entries, PublicKey key) throws Exception {
        Document signatures = Schemas.SIGNATURES.validate(entries.get(SIGNATURES));
        var signedProperties = (Element) signatures
                .getElementsByTagNameNS("http://uri.etsi.org/01903/v1.3.2#", "SignedProperties")
                .item(0);
        signedProperties.setIdAttributeNS(null, "Id", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM", "XMLDSig");
        URIDereferencer inside = factory.getURIDereferencer();
        var context = new DOMValidateContext(
                KeySelector.singletonKeySelector(key),
                signatures
                        .getElementsByTagNameNS(XMLSignature.XMLNS, "Signature")
                        .item(0));
        context.setURIDereferencer((reference, crypto) -> {
            byte[] entry = entries.get(reference.getURI());
            return entry == null
                    ? inside.dereference(reference, crypto)
                    : new OctetStreamData(new ByteArrayInputStream(entry));
        });

        XMLSignature signature = factory.unmarshalXMLSignature(context);

        assertThat(signature.getSignatureValue().validate(context))
                .as("signature value")
                .isTrue();
        var covered = new TreeSet<String>();
        for (Iterator<?> i = signature.getSignedInfo().getReferences().iterator(); i.hasNext(); ) {
            var reference = (Reference) i.next();
            assertThat(reference.validate(context)).as(reference.getURI()).isTrue();
            covered.add(reference.getURI());
        }
        assertThat(covered).containsAll(signedEntries(entries)).contains("#SignedProperties");
    }

    static void assertValidForDss(byte[] bundle, Map<String, byte[]> entries, SigningKey by) {
        var trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(new CertificateToken(by.chain().get(by.chain().size() - 1)));
        var verifier = new CommonCertificateVerifier(); // without revocation sources, which would use the network
        verifier.setTrustedCertSources(trusted);
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(bundle));
        validator.setCertificateVerifier(verifier);

        DiagnosticData verdict = validator.validateDocument().getDiagnosticData();

        assertThat(verdict.getContainerType()).isEqualTo(ASiCContainerType.ASiC_E);
        assertThat(verdict.getSignatures()).hasSize(1);
        SignatureWrapper signature = verdict.getSignatures().get(0);
        assertThat(signature.isSignatureIntact()).as("intact").isTrue();
        assertThat(signature.isSignatureValid()).as("valid").isTrue();
        assertThat(signature.isStructuralValidationValid())
                .as("structure: %s", signature.getStructuralValidationMessages())
                .isTrue();
        assertThat(signature.isSigningCertificateIdentified())
                .as("certificate identified")
                .isTrue();
        assertThat(signature.isTrustedChain()).as("trusted chain").isTrue();
        assertThat(signature.getDigestMatchers())
                .allSatisfy(matcher -> assertThat(matcher.isDataFound() && matcher.isDataIntact())
                        .as(matcher.getId())
                        .isTrue());
        assertThat(signature.getSignatureScopes())
                .extracting(XmlSignatureScope::getName)
                .containsExactlyInAnyOrderElementsOf(signedEntries(entries));
    }

    private static Set<String> signedEntries(Map<String, byte[]> entries) {
        var names = new TreeSet<>(entries.keySet());
        names.remove(SIGNATURES);
        return names;
    }
}
