package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job of the direct flow, in which the sender redirects each signer from its own web page to the service. Immutable.
 * Creating the same job several times results in several jobs.
 *
 * <p>A direct job is available for 30 days from its creation and cannot be cancelled. It is sent as the elements {@code
 * direct-signature-job-request} and {@code direct-signature-job-manifest}.
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
     * Creates a builder.
     *
     * @param title the title shown to signers, 1 to 80 characters, not blank
     * @param documents 1 to 20 documents, in the order in which they are shown
     * @param signers 1 to 10 signers with different identifiers
     * @param exitUrls the redirect targets after signing, also required for {@link StatusRetrievalMethod#POLLING}
     * @return the builder
     * @throws IllegalArgumentException if the title or the number of documents or signers is invalid, or if two signers
     *     have the same identifier
     */
    public static Builder builder(
            String title, List<DirectDocument> documents, List<DirectSigner> signers, ExitUrls exitUrls) {
        return new Builder(title, documents, signers, exitUrls);
    }

    /**
     * Creates a builder of a job with one document and one signer.
     *
     * @param title the title shown to signers, 1 to 80 characters, not blank
     * @param document the document
     * @param signer the signer
     * @param exitUrls the redirect targets after signing, also required for {@link StatusRetrievalMethod#POLLING}
     * @return the builder
     * @throws IllegalArgumentException if the title is invalid
     */
    public static Builder builder(String title, DirectDocument document, DirectSigner signer, ExitUrls exitUrls) {
        return new Builder(title, List.of(document), List.of(signer), exitUrls);
    }

    /** {@return the signers} */
    public List<DirectSigner> signers() {
        return signers;
    }

    /** {@return the redirect targets after signing} */
    public ExitUrls exitUrls() {
        return exitUrls;
    }

    /**
     * {@return the status retrieval method, or null for the service's default, {@link
     * StatusRetrievalMethod#WAIT_FOR_CALLBACK}}
     */
    public @Nullable StatusRetrievalMethod statusRetrievalMethod() {
        return statusRetrievalMethod;
    }

    /** A builder of {@link DirectJob}. It can be used again after {@link #build()}. */
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
         * Configures the status retrieval method. Defaults to the service's default, {@link
         * StatusRetrievalMethod#WAIT_FOR_CALLBACK}. With {@link StatusRetrievalMethod#POLLING}, status changes arrive
         * on the sender's polling queue, and the job has no status URL. Element {@code status-retrieval-method} of the
         * job request.
         *
         * @param method the method
         * @return this builder
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
         * Builds the job.
         *
         * @return the job
         * @throws IllegalArgumentException if {@link #withIdentifierInSignedDocuments} requires personal identification
         *     numbers and a signer has none
         */
        public DirectJob build() {
            requireIdentifiable(signers.stream().allMatch(DirectSigner::isIdentifiedByPersonalIdentificationNumber));
            return new DirectJob(this);
        }

        /** Compares identifiers without leading and trailing blanks, because XML processing may remove them. */
        private static void requireUnique(List<DirectSigner> signers) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < signers.size(); i++) {
                Integer earlier = places.putIfAbsent(signers.get(i).identifier().strip(), i);
                if (earlier != null) {
                    throw new IllegalArgumentException("signers must have different identifiers, but signer "
                            + (earlier + 1) + " and signer " + (i + 1)
                            + " have the same; leading and trailing blanks are ignored");
                }
            }
        }
    }
}
