package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.xml.XmlMapper;
import tools.jackson.dataformat.xml.XmlWriteFeature;

/** Writes records as XML and reads XML into {@link Element} trees, in the namespace of the service. */
final class Xml {

    static final String NAMESPACE = "http://signering.posten.no/schema/v1";

    private static final XmlMapper MAPPER = XmlMapper.builder()
            .enable(XmlWriteFeature.WRITE_XML_DECLARATION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final XMLInputFactory PARSERS =
            MessageParser.limited(MAPPER.tokenStreamFactory().getXMLInputFactory());

    private static final Pattern SIGNATURE_JOB_ID =
            Pattern.compile("<(?:[\\w.-]+:)?signature-job-id(?:\\s[^<>]*)?>\\s*([0-9]{1,18})\\s*</");

    private Xml() {}

    /** Initializes this class. {@code XMLInputFactory} reads files to find its implementation. */
    static void load() {}

    /** Writes a record. Omits null components. */
    static byte[] write(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /**
     * Reads a message with the given root element.
     *
     * @throws UnreadableMessageException if the message cannot be read. It has no cause, because exceptions of the parser may quote
     *     the message
     */
    static Element read(byte[] xml, String root) {
        try {
            return parse(new ByteArrayInputStream(xml), root);
        } catch (MessageParser.RefusedException e) {
            throw unreadable(xml, root, String.valueOf(e.getMessage()));
        } catch (XMLStreamException e) {
            throw unreadable(xml, root, notWellFormed(e.getLocation()));
        } catch (RuntimeException e) {
            // Woodstox throws unchecked exceptions for some encoding errors.
            throw unreadable(xml, root, notWellFormed(null));
        }
    }

    static Element parse(InputStream xml, String root) throws XMLStreamException {
        return MessageParser.parse(xml, PARSERS, NAMESPACE, root);
    }

    private static UnreadableMessageException unreadable(byte[] xml, String root, String reason) {
        return new UnreadableMessageException(root, reason, signatureJobId(xml));
    }

    /** Finds the {@code signature-job-id} of a malformed message. Works for encodings that extend ASCII and for UTF-16. */
    private static @Nullable Long signatureJobId(byte[] xml) {
        Matcher matcher = SIGNATURE_JOB_ID.matcher(new String(xml, StandardCharsets.ISO_8859_1).replace("\0", ""));
        return matcher.find() ? Long.valueOf(matcher.group(1)) : null;
    }

    private static String notWellFormed(@Nullable Location location) {
        String where = location == null
                ? ""
                : " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        return "it is not well-formed XML" + where;
    }
}
