package io.github.signaturereactive.signingservice.signature;

import io.github.signaturereactive.signingservice.certificate.CertificateAuthority;
import io.github.signaturereactive.signingservice.certificate.Keys;
import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.XMLObject;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Creates the XAdES of one signer, a signature over the digests of the job's documents and its manifest. */
public final class XadesSignature {

    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final String ASIC = "http://uri.etsi.org/2918/v1.2.1#";

    private final ReceivedBundle bundle;
    private final SignerSignature signature;
    private final X509Certificate certificate;
    private final XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");

    private XadesSignature(ReceivedBundle bundle, SignerSignature signature) {
        this.bundle = bundle;
        this.signature = signature;
        this.certificate = signature.certificate();
    }

    /** Computes the signature, so do not call it on an event loop. */
    public static byte[] make(ReceivedBundle bundle, SignerSignature signature) {
        try {
            return new XadesSignature(bundle, signature).sign();
        } catch (GeneralSecurityException
                | MarshalException
                | XMLSignatureException
                | ParserConfigurationException
                | TransformerException e) {
            throw new IllegalStateException("Cannot make a XAdES", e);
        }
    }

    private byte[] sign()
            throws GeneralSecurityException, MarshalException, XMLSignatureException, ParserConfigurationException,
                    TransformerException {
        DocumentBuilderFactory builders = DocumentBuilderFactory.newDefaultInstance();
        builders.setNamespaceAware(true);
        Document document = builders.newDocumentBuilder().newDocument();
        Element root = element(document, ASIC, "XAdESSignatures");
        document.appendChild(root);
        Element properties = signedProperties(document);
        DOMSignContext context = new DOMSignContext(Keys.SIGNER.privateKey(), root);
        context.setIdAttributeNS(properties, null, "Id");
        XMLObject object =
                signatures.newXMLObject(List.of(new DOMStructure(qualifying(document, properties))), null, null, null);
        signatures
                .newXMLSignature(signedInfo(), keyInfo(), List.of(object), "Signature", null)
                .sign(context);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }

    private SignedInfo signedInfo() throws GeneralSecurityException {
        List<Reference> references = new ArrayList<>();
        DigestMethod sha256 = signatures.newDigestMethod(DigestMethod.SHA256, null);
        for (BundleEntry entry : signed()) {
            references.add(signatures.newReference(
                    entry.name(),
                    sha256,
                    null,
                    null,
                    "ID_" + references.size(),
                    HexFormat.of().parseHex(entry.sha256())));
        }
        references.add(signatures.newReference(
                "#SignedProperties",
                sha256,
                List.of(signatures.newTransform(CanonicalizationMethod.INCLUSIVE, (TransformParameterSpec) null)),
                BundleSignature.SIGNED_PROPERTIES,
                null));
        return signatures.newSignedInfo(
                signatures.newCanonicalizationMethod(CanonicalizationMethod.INCLUSIVE, (C14NMethodParameterSpec) null),
                signatures.newSignatureMethod(BundleSignature.RSA_SHA256, null),
                references);
    }

    private List<BundleEntry> signed() {
        return bundle.entries().stream()
                .filter(entry -> !BundleVerification.isMetaInf(entry.name()))
                .toList();
    }

    private KeyInfo keyInfo() {
        KeyInfoFactory keyInfos = signatures.getKeyInfoFactory();
        return keyInfos.newKeyInfo(List.of(keyInfos.newX509Data(
                List.of(certificate, CertificateAuthority.trusted().certificate()))));
    }

    private Element signedProperties(Document document) throws GeneralSecurityException {
        Element properties = document.createElementNS(XADES, "SignedProperties"); // namespace declared by parent
        properties.setAttribute("Id", "SignedProperties");
        Element signing = append(properties, XADES, "SignedSignatureProperties");
        append(signing, XADES, "SigningTime").setTextContent(XmlMessage.dateTime(signature.at()));
        Element cert = append(append(signing, XADES, "SigningCertificate"), XADES, "Cert");
        Element digest = append(cert, XADES, "CertDigest");
        append(digest, XMLSignature.XMLNS, "DigestMethod").setAttribute("Algorithm", DigestMethod.SHA256);
        append(digest, XMLSignature.XMLNS, "DigestValue")
                .setTextContent(
                        Base64.getEncoder().encodeToString(Sha256.digest().digest(certificate.getEncoded())));
        Element issuerSerial = append(cert, XADES, "IssuerSerial");
        append(issuerSerial, XMLSignature.XMLNS, "X509IssuerName")
                .setTextContent(certificate.getIssuerX500Principal().getName());
        append(issuerSerial, XMLSignature.XMLNS, "X509SerialNumber")
                .setTextContent(certificate.getSerialNumber().toString());
        Element objects = append(properties, XADES, "SignedDataObjectProperties");
        List<BundleEntry> signed = signed();
        for (int i = 0; i < signed.size(); i++) {
            Element format = append(objects, XADES, "DataObjectFormat");
            format.setAttribute("ObjectReference", "#ID_" + i);
            append(format, XADES, "MimeType")
                    .setTextContent(mediaType(signed.get(i).name()));
        }
        return properties;
    }

    private static Element qualifying(Document document, Element properties) {
        Element qualifying = element(document, XADES, "QualifyingProperties");
        qualifying.setAttribute("Target", "#Signature");
        qualifying.appendChild(properties);
        return qualifying;
    }

    private static Element append(Element parent, String namespace, String name) {
        Document document = parent.getOwnerDocument();
        Element child = namespace.equals(parent.getNamespaceURI())
                ? document.createElementNS(namespace, name)
                : element(document, namespace, name);
        parent.appendChild(child);
        return child;
    }

    /** Creates an element that declares its namespace, because canonicalization needs the declaration in the tree. */
    private static Element element(Document document, String namespace, String name) {
        Element element = document.createElementNS(namespace, name);
        element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, XMLConstants.XMLNS_ATTRIBUTE, namespace);
        return element;
    }

    private static String mediaType(String name) {
        if (name.equals(BundleVerification.MANIFEST)) {
            return "application/xml";
        }
        return name.endsWith(".txt") ? "text/plain" : "application/pdf";
    }
}
