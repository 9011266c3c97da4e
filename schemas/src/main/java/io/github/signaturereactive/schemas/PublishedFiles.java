package io.github.signaturereactive.schemas;

import java.io.InputStream;
import java.io.Reader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;

/** Resolves includes and imports of schemas to the published files only, without network access. */
final class PublishedFiles implements LSResourceResolver {

    private static final Map<String, String> BY_NAMESPACE = Map.of(
            "http://www.w3.org/2000/09/xmldsig#", "thirdparty/xmldsig-core-schema.xsd",
            "http://uri.etsi.org/01903/v1.3.2#", "thirdparty/XAdES.xsd",
            "http://uri.etsi.org/2918/v1.2.1#", "thirdparty/ts_102918v010201.xsd");

    @Override
    public LSInput resolveResource(
            String type,
            @Nullable String namespace,
            @Nullable String publicId,
            @Nullable String systemId,
            @Nullable String baseUri) {
        String file = BY_NAMESPACE.get(namespace == null ? "" : namespace);
        if (file == null && systemId != null) {
            file = systemId;
        }
        if (file == null) {
            throw new IllegalStateException("A schema imports an unknown namespace: " + namespace);
        }
        return new Published(file, publicId);
    }

    private record Published(String file, @Nullable String publicId) implements LSInput {
        @Override
        public InputStream getByteStream() {
            return Schemas.open(file);
        }

        @Override
        public String getSystemId() {
            return "published:/" + file;
        }

        @Override
        public @Nullable String getPublicId() {
            return publicId;
        }

        @Override
        public @Nullable Reader getCharacterStream() {
            return null;
        }

        @Override
        public @Nullable String getStringData() {
            return null;
        }

        @Override
        public @Nullable String getBaseURI() {
            return null;
        }

        @Override
        public @Nullable String getEncoding() {
            return null;
        }

        @Override
        public boolean getCertifiedText() {
            return false;
        }

        @Override
        public void setCharacterStream(Reader characterStream) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setByteStream(InputStream byteStream) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setStringData(String stringData) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setSystemId(String systemId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setPublicId(String publicId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBaseURI(String baseUri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setEncoding(String encoding) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setCertifiedText(boolean certifiedText) {
            throw new UnsupportedOperationException();
        }
    }
}
