package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Document;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.reactivestreams.Publisher;

/**
 * A document of a portal job. XSD type {@code portal-document}.
 *
 * <p>The documents of a job may have 10 MiB in total by default, see {@link
 * io.github.signaturereactive.ClientConfiguration.Builder#maxJobSize}. The limit is checked when the job is created.
 */
public final class PortalDocument extends Document {

    private PortalDocument(Builder builder) {
        super(builder);
    }

    /**
     * Creates a builder of a document in memory.
     *
     * @param title 1 to 80 characters, not blank
     * @param bytes the document, copied
     * @return the builder, with type PDF
     * @throws IllegalArgumentException if the title is invalid
     */
    public static Builder builder(String title, byte[] bytes) {
        return new Builder(title, bytes);
    }

    /**
     * Creates a builder of a document in a file. The file is opened when the job is created, and read while the request
     * is sent.
     *
     * @param title 1 to 80 characters, not blank
     * @param file the path of the file
     * @return the builder, with type PDF
     * @throws IllegalArgumentException if the title is invalid
     */
    public static Builder builder(String title, Path file) {
        return new Builder(title, file);
    }

    /**
     * Creates a builder of a document from a publisher. See {@link
     * io.github.signaturereactive.job.DocumentContent.Stream} for its use.
     *
     * @param title 1 to 80 characters, not blank
     * @param publisher the bytes of the document; subscribed to each time the job is created, and again if the service
     *     rejects an access token, so it must support several subscriptions if access tokens are used
     * @return the builder, with type PDF
     * @throws IllegalArgumentException if the title is invalid
     */
    public static Builder builder(String title, Publisher<ByteBuffer> publisher) {
        return new Builder(title, publisher);
    }

    /** A builder of {@link PortalDocument}. */
    public static final class Builder extends Document.Builder<Builder> {

        private Builder(String title, byte[] bytes) {
            super(title, bytes);
        }

        private Builder(String title, Path file) {
            super(title, file);
        }

        private Builder(String title, Publisher<ByteBuffer> publisher) {
            super(title, publisher);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the document.
         *
         * @return the document
         */
        public PortalDocument build() {
            return new PortalDocument(this);
        }
    }
}
