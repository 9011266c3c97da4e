package io.github.signaturereactive.job;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.reactivestreams.Publisher;

/** A document to be signed. */
public abstract class Document {

    private final String title;
    private final DocumentType type;
    private final DocumentContent content;

    /**
     * Takes what a builder has gathered.
     *
     * @param builder the builder
     */
    protected Document(Builder<?> builder) {
        this.title = builder.title;
        this.type = builder.type;
        this.content = builder.content;
    }

    /** The title that signers see. */
    public final String title() {
        return title;
    }

    /** The document's format. */
    public final DocumentType type() {
        return type;
    }

    /** Where the document's bytes come from. */
    public final DocumentContent content() {
        return content;
    }

    @Override
    public final String toString() {
        return type + " document, " + content;
    }

    /**
     * What the documents of both flows are built from.
     *
     * @param <B> the builder itself
     */
    public abstract static class Builder<B extends Builder<B>> {

        private final String title;
        private final DocumentContent content;
        private DocumentType type = DocumentType.PDF;

        /** A document in memory; the bytes are copied. */
        protected Builder(String title, byte[] bytes) {
            this(title, new DocumentContent.Bytes(Objects.requireNonNull(bytes, "bytes")));
        }

        /** A document in a file. */
        protected Builder(String title, Path file) {
            this(title, new DocumentContent.File(Objects.requireNonNull(file, "file")));
        }

        /** A document from a publisher. */
        protected Builder(String title, Publisher<ByteBuffer> publisher) {
            this(title, new DocumentContent.Stream(Objects.requireNonNull(publisher, "publisher")));
        }

        private Builder(String title, DocumentContent content) {
            this.title = Field.text("document title", title, 80);
            this.content = content;
        }

        /** Configure the format. Defaults to {@link DocumentType#PDF}. */
        public final B type(DocumentType type) {
            this.type = Objects.requireNonNull(type, "type");
            return self();
        }

        /** This builder. */
        protected abstract B self();
    }
}
