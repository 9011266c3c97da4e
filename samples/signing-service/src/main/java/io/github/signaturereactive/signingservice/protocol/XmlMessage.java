package io.github.signaturereactive.signingservice.protocol;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a message of {@code http://signering.posten.no/schema/v1}, element by element. */
public final class XmlMessage {

    static final String NAMESPACE = "http://signering.posten.no/schema/v1";

    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");

    private final XMLStreamWriter writer;

    private XmlMessage(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /** Formats a time with the offset in Norway, as the service does. */
    public static String dateTime(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(NORWAY));
    }

    /** Writes a message with this root element. */
    public static byte[] write(String root, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            writer.writeStartDocument("UTF-8", "1.0");
            writer.setDefaultNamespace(NAMESPACE);
            writer.writeStartElement(NAMESPACE, root);
            writer.writeDefaultNamespace(NAMESPACE);
            content.writeTo(new XmlMessage(writer));
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes an element with text. */
    public void element(String name, String text) throws XMLStreamException {
        writer.writeStartElement(NAMESPACE, name);
        writer.writeCharacters(text);
        writer.writeEndElement();
    }

    /** Writes an element with content. */
    public void element(String name, Content content) throws XMLStreamException {
        writer.writeStartElement(NAMESPACE, name);
        content.writeTo(this);
        writer.writeEndElement();
    }

    /** Writes an attribute of the current element. */
    public void attribute(String name, String value) throws XMLStreamException {
        writer.writeAttribute(name, value);
    }

    /** Writes text into the current element. */
    public void text(String text) throws XMLStreamException {
        writer.writeCharacters(text);
    }

    /** The content of an element. */
    public interface Content {
        void writeTo(XmlMessage message) throws XMLStreamException;
    }
}
