package io.github.signaturereactive.xml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Changes of a message that do not change its meaning. */
enum Variation {
    UNKNOWN_ATTRIBUTES,
    UNKNOWN_ELEMENTS,
    WHITE_SPACE_AROUND_TEXT,
    WHITE_SPACE_BETWEEN_ELEMENTS,
    CDATA,
    COMMENTS,
    PREFIXES,
    UTF_16,
    NO_DECLARATION;

    private void change(Element element) {
        Document document = element.getOwnerDocument();
        boolean hasText = isLeaf(element) && !element.getTextContent().isEmpty();
        String text = element.getTextContent();
        switch (this) {
            case UNKNOWN_ATTRIBUTES -> {
                element.setAttribute("unknown", "1");
                element.setAttributeNS("urn:other", "other:signer", "other");
            }
            case UNKNOWN_ELEMENTS -> {
                if (!isLeaf(element)) {
                    element.insertBefore(unknown(document, Xml.NAMESPACE), element.getFirstChild());
                    element.insertBefore(unknown(document, "urn:other"), element.getFirstChild());
                }
            }
            case WHITE_SPACE_AROUND_TEXT -> {
                if (hasText) {
                    element.setTextContent("\n\t " + text + " \n");
                }
            }
            case WHITE_SPACE_BETWEEN_ELEMENTS ->
                element.getParentNode().insertBefore(document.createTextNode("\n \t\n"), element);
            case CDATA -> {
                if (hasText) {
                    element.setTextContent("");
                    element.appendChild(document.createCDATASection(text));
                }
            }
            case COMMENTS -> {
                if (hasText) {
                    element.setTextContent(text.substring(0, text.length() / 2));
                    element.appendChild(document.createComment(" in the middle "));
                    element.appendChild(document.createTextNode(text.substring(text.length() / 2)));
                } else {
                    element.insertBefore(document.createComment("<status>IGNORED</status>"), element.getFirstChild());
                    element.appendChild(document.createProcessingInstruction("unknown", "data"));
                }
            }
            case PREFIXES -> {
                if (Xml.NAMESPACE.equals(element.getNamespaceURI())) {
                    element.setPrefix("ns7");
                }
            }
            case UTF_16, NO_DECLARATION -> {} // see written(..)
        }
    }

    private static Element unknown(Document document, String namespace) {
        Element unknown = document.createElementNS(namespace, "unknown");
        Element known = document.createElementNS(Xml.NAMESPACE, "status");
        known.setTextContent("IGNORED");
        unknown.appendChild(known);
        return unknown;
    }

    /** Returns the message with all of the variations. */
    static byte[] of(byte[] message, Set<Variation> variations) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(message));
            for (Variation variation : values()) {
                if (variations.contains(variation)) {
                    elements(document).forEach(variation::change);
                }
            }
            return written(document, variations);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] written(Document document, Set<Variation> variations) throws Exception {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        if (variations.contains(UTF_16)) {
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-16");
        } else if (variations.contains(NO_DECLARATION)) {
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        }
        var bytes = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }

    /** Returns a snapshot of the elements, because variations add elements. */
    private static List<Element> elements(Document document) {
        var found = document.getDocumentElement().getElementsByTagName("*");
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static boolean isLeaf(Element element) {
        return element.getElementsByTagName("*").getLength() == 0;
    }
}
