package io.github.signaturereactive.schemas;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Validators for the published schemas. Validation rejects DTDs and never accesses the network. Instances are safe for use by multiple
 * threads.
 */
public final class Schemas {

    /** The schema of requests, responses, manifests and errors, with the namespace {@code http://signering.posten.no/schema/v1}. */
    public static final Schemas MESSAGES = new Schemas("direct-and-portal.xsd");

    /** The schemas of {@code META-INF/signatures.xml}: ASiC, XML-DSig and XAdES. */
    public static final Schemas SIGNATURES = new Schemas(
            "thirdparty/xmldsig-core-schema.xsd", "thirdparty/XAdES.xsd", "thirdparty/ts_102918v010201.xsd");

    private final Schema schema;

    private Schemas(String... files) {
        this.schema = compile(files);
    }

    /**
     * Parses and validates a document.
     *
     * @param xml the document
     * @return the parsed document, with namespaces
     * @throws SchemaViolationException if the document is not well-formed, has a DOCTYPE, or is not valid for the schema
     */
    public Document validate(byte[] xml) {
        try {
            Document document = parse(xml);
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
            return document;
        } catch (SAXParseException e) {
            throw new SchemaViolationException(
                    "line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ": " + e.getMessage(), e);
        } catch (SAXException e) {
            throw new SchemaViolationException(e.toString(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parse(byte[] xml) throws SAXException, IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new ThrowingErrorHandler());
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Schema compile(String... files) {
        try {
            var factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setResourceResolver(new PublishedFiles());
            return factory.newSchema(Stream.of(files)
                    .map(file -> new StreamSource(open(file), "published:/" + file))
                    .toArray(Source[]::new));
        } catch (SAXException e) {
            throw new IllegalStateException("The published schemas cannot be compiled", e);
        }
    }

    static InputStream open(String file) {
        @Nullable InputStream in = Schemas.class.getResourceAsStream("published/" + file);
        if (in == null) {
            throw new IllegalStateException("There is no published schema " + file);
        }
        return in;
    }

    private static final class ThrowingErrorHandler implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
