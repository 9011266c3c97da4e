package io.github.signaturereactive.job;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.reactivestreams.Publisher;

/** A document to be signed, with its title, format and content. Element {@code document} of the manifest. */
public abstract class Document {

    private final String title;
    private final DocumentType type;
    private final DocumentContent content;

    /**
     * Creates the document.
     *
     * @param builder the builder with the values
     */
    protected Document(Builder<?> builder) {
        this.title = builder.title;
        this.type = builder.type;
        this.content = builder.content;
    }

    /** {@return the title shown to signers} */
    public final String title() {
        return title;
    }

    /** {@return the format of the document} */
    public final DocumentType type() {
        return type;
    }

    /** {@return the source of the document's bytes} */
    public final DocumentContent content() {
        return content;
    }

    @Override
    public final String toString() {
        return type + " document, " + content;
    }

    /**
     * A builder of documents for both flows.
     *
     * @param <B> the type of the builder
     */
    public abstract static class Builder<B extends Builder<B>> {

        private final String title;
        private final DocumentContent content;
        private DocumentType type = DocumentType.PDF;

        /**
         * Creates a builder of a document in memory.
         *
         * @param title 1 to 80 characters, not blank
         * @param bytes the document, copied
         * @throws IllegalArgumentException if the title is invalid
         */
        protected Builder(String title, byte[] bytes) {
            this(title, new DocumentContent.Bytes(Objects.requireNonNull(bytes, "bytes")));
        }

        /**
         * Creates a builder of a document in a file.
         *
         * @param title 1 to 80 characters, not blank
         * @param file the file
         * @throws IllegalArgumentException if the title is invalid
         */
        protected Builder(String title, Path file) {
            this(title, new DocumentContent.File(Objects.requireNonNull(file, "file")));
        }

        /**
         * Creates a builder of a document from a publisher.
         *
         * @param title 1 to 80 characters, not blank
         * @param publisher the bytes of the document
         * @throws IllegalArgumentException if the title is invalid
         */
        protected Builder(String title, Publisher<ByteBuffer> publisher) {
            this(title, new DocumentContent.Stream(Objects.requireNonNull(publisher, "publisher")));
        }

        private Builder(String title, DocumentContent content) {
            this.title = Field.text("document title", title, 80);
            this.content = content;
        }

        /**
         * Configures the format. Defaults to {@link DocumentType#PDF}.
         *
         * @param type the format
         * @return this builder
         */
        public final B type(DocumentType type) {
            this.type = Objects.requireNonNull(type, "type");
            return self();
        }

        /** {@return this builder} */
        protected abstract B self();
    }
}
