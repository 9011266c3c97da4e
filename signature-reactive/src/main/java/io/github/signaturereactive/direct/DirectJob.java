package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job for the direct flow: documents, the signers who are sent to the service from the sender's own pages, and where they come
 * back to. Immutable; the same job may be created several times, which gives several jobs. A direct job is available for 30 days
 * from its creation and cannot be cancelled.
 */
public final class DirectJob extends Job {

    private final List<DirectSigner> signers;
    private final ExitUrls exitUrls;
    private final @Nullable StatusRetrievalMethod statusRetrievalMethod;

    private DirectJob(Builder builder) {
        super(builder);
        this.signers = builder.signers;
        this.exitUrls = builder.exitUrls;
        this.statusRetrievalMethod = builder.statusRetrievalMethod;
    }

    /**
     * Starts with what every direct job must have.
     *
     * @param title 1 to 80 characters, not blank
     * @param documents 1 to 20 documents
     * @param signers 1 to 10 signers, each with another identifier
     * @param exitUrls where signers come back to; also needed where the status is polled
     */
    public static Builder builder(
            String title, List<DirectDocument> documents, List<DirectSigner> signers, ExitUrls exitUrls) {
        return new Builder(title, documents, signers, exitUrls);
    }

    /**
     * Starts a job with one document and one signer.
     *
     * @param title 1 to 80 characters, not blank
     * @param document the document
     * @param signer the signer
     * @param exitUrls where the signer comes back to; also needed where the status is polled
     */
    public static Builder builder(String title, DirectDocument document, DirectSigner signer, ExitUrls exitUrls) {
        return new Builder(title, List.of(document), List.of(signer), exitUrls);
    }

    /** The signers. */
    public List<DirectSigner> signers() {
        return signers;
    }

    /** Where signers come back to. */
    public ExitUrls exitUrls() {
        return exitUrls;
    }

    /** How the sender learns of the status, or null for the service's default, {@link StatusRetrievalMethod#WAIT_FOR_CALLBACK}. */
    public @Nullable StatusRetrievalMethod statusRetrievalMethod() {
        return statusRetrievalMethod;
    }

    /** Builds a direct job. */
    public static final class Builder extends Job.Builder<Builder> {

        private final List<DirectSigner> signers;
        private final ExitUrls exitUrls;
        private @Nullable StatusRetrievalMethod statusRetrievalMethod;

        private Builder(String title, List<DirectDocument> documents, List<DirectSigner> signers, ExitUrls exitUrls) {
            super(title, documents);
            this.signers = oneToTen(signers);
            requireUnique(this.signers);
            this.exitUrls = Objects.requireNonNull(exitUrls, "exitUrls");
        }

        /**
         * Configure how you learn of the status. Defaults to the service's default,
         * {@link StatusRetrievalMethod#WAIT_FOR_CALLBACK}. With {@link StatusRetrievalMethod#POLLING}, status changes arrive on
         * the sender's queue, and there is no status URL.
         */
        public Builder retrieveStatusBy(StatusRetrievalMethod method) {
            this.statusRetrievalMethod = Objects.requireNonNull(method, "method");
            return this;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * The job.
         *
         * @throws IllegalArgumentException if signers without a personal identification number are to be identified by it
         */
        public DirectJob build() {
            requireIdentifiable(signers.stream().allMatch(DirectSigner::isIdentifiedByPersonalIdentificationNumber));
            return new DirectJob(this);
        }

        /** The service tells signers apart by nothing else; blanks around identifiers may get lost on the way. */
        private static void requireUnique(List<DirectSigner> signers) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < signers.size(); i++) {
                Integer earlier = places.putIfAbsent(signers.get(i).identifier().strip(), i);
                if (earlier != null) {
                    throw new IllegalArgumentException("signers: each must have another identifier, but number "
                            + (earlier + 1) + " and number " + (i + 1) + " have the same");
                }
            }
        }
    }
}
