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

/** Writes records as XML, and reads XML into element trees, in the service's one namespace. */
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

    private static final Pattern JOB =
            Pattern.compile("<(?:[\\w.-]+:)?signature-job-id(?:\\s[^<>]*)?>\\s*([0-9]{1,18})\\s*</");

    private Xml() {}

    /** Initializes this class, which reads files to find the parser. */
    static void load() {}

    /** Writes a record. Null components are left out. */
    static byte[] write(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /**
     * Reads a message with this root element.
     *
     * @throws UnreadableMessageException if it cannot be read. The parser's exceptions may quote the message and are not passed on
     */
    static Element read(byte[] xml, String root) {
        try {
            return parse(new ByteArrayInputStream(xml), root);
        } catch (MessageParser.RefusedException e) {
            throw unreadable(xml, root, String.valueOf(e.getMessage()));
        } catch (XMLStreamException e) {
            throw unreadable(xml, root, notWellFormed(e.getLocation()));
        } catch (RuntimeException e) {
            // Woodstox reports some encoding errors so.
            throw unreadable(xml, root, notWellFormed(null));
        }
    }

    static Element parse(InputStream xml, String root) throws XMLStreamException {
        return MessageParser.parse(xml, PARSERS, NAMESPACE, root);
    }

    private static UnreadableMessageException unreadable(byte[] xml, String root, String why) {
        return new UnreadableMessageException("The message is not a readable <" + root + ">: " + why, jobNamedIn(xml));
    }

    /** Returns the job that a malformed message names, in any encoding that spells it as ASCII does. */
    private static @Nullable Long jobNamedIn(byte[] xml) {
        Matcher named = JOB.matcher(new String(xml, StandardCharsets.ISO_8859_1).replace("\0", ""));
        return named.find() ? Long.valueOf(named.group(1)) : null;
    }

    private static String notWellFormed(@Nullable Location location) {
        String where = location == null
                ? ""
                : " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        return "it is not well-formed XML" + where;
    }
}
