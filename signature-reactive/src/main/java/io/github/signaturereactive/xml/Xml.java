package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.xml.XmlMapper;
import tools.jackson.dataformat.xml.XmlWriteFeature;

/** XML in the service's one namespace: records out, element trees in. */
final class Xml {

    static final String NAMESPACE = "http://signering.posten.no/schema/v1";

    private static final XmlMapper MAPPER = XmlMapper.builder()
            .enable(XmlWriteFeature.WRITE_XML_DECLARATION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** Knows its deserializer from the start: the mapper would look for it, behind a lock, on the event loops that read first. */
    private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);

    private static final Pattern JOB =
            Pattern.compile("<(?:[\\w.-]+:)?signature-job-id(?:\\s[^<>]*)?>\\s*([0-9]{1,18})\\s*</");

    private Xml() {}

    /** Being called is enough: the mapper finds its parser by reading files. */
    static void load() {}

    /** Writes a record; what is null is left out. */
    static byte[] write(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /**
     * Reads a message with this root element. Jackson checks neither the root nor for a DOCTYPE, so both are done here,
     * before it comes to see anything. Its exceptions, and the parser's, may quote the message; they are not passed on.
     */
    static Element read(byte[] xml, String root) {
        try {
            XMLStreamReader reader = MAPPER.tokenStreamFactory()
                    .getXMLInputFactory()
                    .createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    if (reader.getEventType() == XMLStreamConstants.DTD) {
                        throw unreadable(xml, root, "it has a DOCTYPE, which is refused");
                    }
                }
                if (!root.equals(reader.getLocalName()) || !NAMESPACE.equals(reader.getNamespaceURI())) {
                    throw unreadable(xml, root, "its root element is another one");
                }
                return new Element(root, TREES.readValue(MAPPER.createParser(new OwnNamespace(reader))));
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw unreadable(xml, root, notWellFormed(e.getLocation()));
        } catch (JacksonException e) {
            throw unreadable(
                    xml, root, notWellFormed(e.getCause() instanceof XMLStreamException x ? x.getLocation() : null));
        } catch (IOException e) {
            throw unreadable(xml, root, notWellFormed(null));
        }
    }

    private static UnreadableMessageException unreadable(byte[] xml, String root, String why) {
        return new UnreadableMessageException("The message is not a readable <" + root + ">: " + why, jobNamedIn(xml));
    }

    /** The job that a message names, however broken it is otherwise; in any encoding of XML that spells it as ASCII does. */
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

    /**
     * Leaves out the elements of other namespaces with all that is in them, and attributes of any namespace, since ours have
     * none: Jackson's trees know no namespaces, and would take them for ours of the same name.
     */
    private static final class OwnNamespace extends StreamReaderDelegate {

        OwnNamespace(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            while (event == XMLStreamConstants.START_ELEMENT && !Xml.NAMESPACE.equals(getNamespaceURI())) {
                for (int depth = 1; depth > 0; ) {
                    event = super.next();
                    if (event == XMLStreamConstants.START_ELEMENT) {
                        depth++;
                    } else if (event == XMLStreamConstants.END_ELEMENT) {
                        depth--;
                    }
                }
                event = super.next();
            }
            return event;
        }

        @Override
        public int getAttributeCount() {
            return (int) ownAttributes().count();
        }

        @Override
        public QName getAttributeName(int index) {
            return super.getAttributeName(own(index));
        }

        @Override
        public String getAttributeLocalName(int index) {
            return super.getAttributeLocalName(own(index));
        }

        @Override
        public String getAttributePrefix(int index) {
            return super.getAttributePrefix(own(index));
        }

        @Override
        public String getAttributeNamespace(int index) {
            return super.getAttributeNamespace(own(index));
        }

        @Override
        public String getAttributeType(int index) {
            return super.getAttributeType(own(index));
        }

        @Override
        public String getAttributeValue(int index) {
            return super.getAttributeValue(own(index));
        }

        @Override
        public boolean isAttributeSpecified(int index) {
            return super.isAttributeSpecified(own(index));
        }

        /** Where the own attribute of this place stands among all. */
        private int own(int index) {
            return ownAttributes().skip(index).findFirst().orElseThrow(IndexOutOfBoundsException::new);
        }

        private IntStream ownAttributes() {
            return IntStream.range(0, super.getAttributeCount()).filter(i -> {
                @Nullable String namespace = super.getAttributeNamespace(i);
                return namespace == null || namespace.isEmpty();
            });
        }
    }
}
