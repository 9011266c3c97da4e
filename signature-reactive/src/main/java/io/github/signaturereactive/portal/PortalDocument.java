package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Document;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.reactivestreams.Publisher;

/**
 * A document of a portal job.
 *
 * <p>The service takes 10 MiB of documents in one job, as its limit stood when this was written. The limit is the
 * service's and is not checked here, where the size of a document often is not known before it has been sent.
 */
public final class PortalDocument extends Document {

    private PortalDocument(Builder builder) {
        super(builder);
    }

    /**
     * A document in memory.
     *
     * @param title 1 to 80 characters, not blank
     * @param bytes the document, copied here
     */
    public static Builder builder(String title, byte[] bytes) {
        return new Builder(title, bytes);
    }

    /**
     * A document in a file, which is opened when the job is created and read while it is sent.
     *
     * @param title 1 to 80 characters, not blank
     * @param file the file
     */
    public static Builder builder(String title, Path file) {
        return new Builder(title, file);
    }

    /**
     * A document from a publisher, subscribed to when the job is created, with back-pressure from the connection.
     *
     * @param title 1 to 80 characters, not blank
     * @param publisher the document; subscribed to once for each time the job is created, and once more
     *     if an access token is refused meanwhile, so it must be able to begin again where access tokens are used
     */
    public static Builder builder(String title, Publisher<ByteBuffer> publisher) {
        return new Builder(title, publisher);
    }

    /** Builds a document. */
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

        /** The document. */
        public PortalDocument build() {
            return new PortalDocument(this);
        }
    }
}
