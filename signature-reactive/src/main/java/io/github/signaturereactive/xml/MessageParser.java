package io.github.signaturereactive.xml;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Parses a message of the service in one pass. Elements of other namespaces are skipped with their content. Attributes in a namespace
 * are skipped.
 *
 * <p>Parsing stops when a message exceeds a limit for elements, attributes, processing instructions or depth. Without limits, the time
 * for parsing some messages would grow with the square of their size.
 */
final class MessageParser {

    /** A message about ten signers, the maximum of the schema, has fewer than 100 elements. */
    static final int MAX_ELEMENTS = 1_000;

    /** The limit for attributes and namespace declarations of a message. */
    static final int MAX_ATTRIBUTES = 1_000;

    static final int MAX_PROCESSING_INSTRUCTIONS = 100;
    static final int MAX_ATTRIBUTES_OF_AN_ELEMENT = 50;
    static final int MAX_DEPTH = 50;

    private final String namespace;
    private final String root;
    private final XMLStreamReader reader;
    private int elements;
    private int attributes;
    private int instructions;
    private int depth;

    private MessageParser(String namespace, String root, XMLStreamReader reader) {
        this.namespace = namespace;
        this.root = root;
        this.reader = reader;
    }

    /** Limits the attributes of an element. Woodstox must check this limit, because it reads a start tag as a whole. */
    static XMLInputFactory limited(XMLInputFactory factory) {
        String limit = "com.ctc.wstx.maxAttributesPerElement";
        if (factory.isPropertySupported(limit)) {
            factory.setProperty(limit, MAX_ATTRIBUTES_OF_AN_ELEMENT);
        }
        return factory;
    }

    /**
     * Parses a message.
     *
     * @throws RefusedException if the message has a DOCTYPE, has another root element or exceeds a limit
     * @throws XMLStreamException if the message is not well-formed
     */
    static Element parse(InputStream xml, XMLInputFactory factory, String namespace, String root)
            throws XMLStreamException {
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        try {
            return new MessageParser(namespace, root, reader).parse();
        } finally {
            reader.close();
        }
    }

    private Element parse() throws XMLStreamException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.DTD) {
                throw new RefusedException("it has a DOCTYPE, which is not permitted");
            }
        }
        countElement();
        if (!root.equals(reader.getLocalName()) || !namespace.equals(reader.getNamespaceURI())) {
            throw new RefusedException("it has another root element");
        }
        var element = new Element(root);
        readContent(element);
        return element;
    }

    /** Reads the attributes and the content of the current element. Returns at its end tag. */
    private void readContent(Element element) throws XMLStreamException {
        readAttributes(element);
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> readChild(element);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    element.addText(reader.getText());
                default -> {
                    // Comments and processing instructions.
                }
            }
        }
        depth--;
    }

    private void readChild(Element parent) throws XMLStreamException {
        countElement();
        if (namespace.equals(reader.getNamespaceURI())) {
            readContent(parent.add(reader.getLocalName()));
        } else {
            skip();
        }
    }

    private void skip() throws XMLStreamException {
        for (int open = 1; open > 0; ) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                countElement();
                open++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                open--;
            }
        }
    }

    private void readAttributes(Element element) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            @Nullable String attributeNamespace = reader.getAttributeNamespace(i);
            if (attributeNamespace == null || attributeNamespace.isEmpty()) {
                element.addAttribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
    }

    private int next() throws XMLStreamException {
        int event = reader.next();
        if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            refuseIf(
                    ++instructions > MAX_PROCESSING_INSTRUCTIONS,
                    MAX_PROCESSING_INSTRUCTIONS + " processing instructions");
        }
        return event;
    }

    private void countElement() {
        attributes += reader.getAttributeCount() + reader.getNamespaceCount();
        refuseIf(++elements > MAX_ELEMENTS, MAX_ELEMENTS + " elements");
        refuseIf(++depth > MAX_DEPTH, MAX_DEPTH + " nested elements");
        refuseIf(attributes > MAX_ATTRIBUTES, MAX_ATTRIBUTES + " attributes");
    }

    private static void refuseIf(boolean exceeded, String limit) {
        if (exceeded) {
            throw new RefusedException("it exceeds the limit of " + limit);
        }
    }

    /** Reports a message that is well-formed so far but is not accepted. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }
}
