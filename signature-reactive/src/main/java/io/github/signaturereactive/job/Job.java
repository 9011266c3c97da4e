package io.github.signaturereactive.job;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the signature jobs of both flows have in common. */
public abstract class Job {

    private final String title;
    private final List<? extends Document> documents;
    private final @Nullable String description;
    private final @Nullable String reference;
    private final @Nullable Sender sender;
    private final @Nullable AuthenticationLevel requiredAuthentication;
    private final @Nullable IdentifierInSignedDocuments identifierInSignedDocuments;

    /**
     * Takes what a builder has gathered.
     *
     * @param builder the builder
     */
    protected Job(Builder<?> builder) {
        this.title = builder.title;
        this.documents = builder.documents;
        this.description = builder.description;
        this.reference = builder.reference;
        this.sender = builder.sender;
        this.requiredAuthentication = builder.requiredAuthentication;
        this.identifierInSignedDocuments = builder.identifierInSignedDocuments;
    }

    /** The title that signers see. */
    public final String title() {
        return title;
    }

    /** The documents, in the order in which they are shown. */
    public List<? extends Document> documents() {
        return documents;
    }

    /** What signers are told about the job, or null. */
    public final @Nullable String description() {
        return description;
    }

    /** The caller's own reference, or null. */
    public final @Nullable String reference() {
        return reference;
    }

    /** The sender, or null where the configuration's default sender is used. */
    public final @Nullable Sender sender() {
        return sender;
    }

    /** The level that signers must identify with, or null for the service's default. */
    public final @Nullable AuthenticationLevel requiredAuthentication() {
        return requiredAuthentication;
    }

    /** How signers are identified in the signed documents, or null for the service's default. */
    public final @Nullable IdentifierInSignedDocuments identifierInSignedDocuments() {
        return identifierInSignedDocuments;
    }

    /** Tells the job's size, not what is in it. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + documents.size() + " document(s)]";
    }

    /**
     * What the jobs of both flows are built from. A builder may be used again after {@code build()}; jobs are immutable.
     *
     * @param <B> the builder itself
     */
    public abstract static class Builder<B extends Builder<B>> {

        private final String title;
        private final List<? extends Document> documents;
        private @Nullable String description;
        private @Nullable String reference;
        private @Nullable Sender sender;
        private @Nullable AuthenticationLevel requiredAuthentication;
        private @Nullable IdentifierInSignedDocuments identifierInSignedDocuments;

        /**
         * Starts with what every job must have.
         *
         * @param title 1 to 80 characters, not blank
         * @param documents 1 to 20 documents
         */
        protected Builder(String title, List<? extends Document> documents) {
            this.title = Field.text("title", title, 80);
            this.documents = List.copyOf(documents);
            if (this.documents.isEmpty() || this.documents.size() > 20) {
                throw new IllegalArgumentException(
                        "documents: a job has 1 to 20 of them, but got " + this.documents.size());
            }
        }

        /**
         * Configure what signers are told about the job. Defaults to nothing.
         *
         * @param description up to 220 characters
         */
        public final B withDescription(String description) {
            this.description = Field.optionalText("description", description, 220);
            return self();
        }

        /**
         * Configure your own reference to the job, which comes back in every response. Defaults to none. It is shown in
         * e-mails: keep personal data out of it.
         *
         * @param reference up to 50 characters
         */
        public final B withReference(String reference) {
            this.reference = Field.optionalText("reference", reference, 50);
            return self();
        }

        /** Configure your own reference to the job, as {@link #withReference(String)}. */
        public final B withReference(UUID reference) {
            return withReference(reference.toString());
        }

        /** Configure the sender and its polling queue. Defaults to the configuration's default sender. */
        public final B withSender(Sender sender) {
            this.sender = Objects.requireNonNull(sender, "sender");
            return self();
        }

        /**
         * Configure the level that signers must identify with. Defaults to the service's own default, level 4. Level 3
         * is for public organizations.
         */
        public final B requireAuthentication(AuthenticationLevel level) {
            this.requiredAuthentication = Objects.requireNonNull(level, "level");
            return self();
        }

        /**
         * Configure how signers are identified in the signed documents. Defaults to the service's own default, which
         * depends on the organization.
         */
        public final B withIdentifierInSignedDocuments(IdentifierInSignedDocuments identifier) {
            this.identifierInSignedDocuments = Objects.requireNonNull(identifier, "identifier");
            return self();
        }

        /** The same signers, of which a job has 1 to 10. */
        protected static <S> List<S> oneToTen(List<S> signers) {
            if (signers.isEmpty() || signers.size() > 10) {
                throw new IllegalArgumentException("signers: a job has 1 to 10 of them, but got " + signers.size());
            }
            return List.copyOf(signers);
        }

        /**
         * Checks that signers can be identified in the signed documents as configured.
         *
         * @param byPersonalIdentificationNumber whether the job identifies every signer by that
         */
        protected final void requireIdentifiable(boolean byPersonalIdentificationNumber) {
            if (identifierInSignedDocuments == IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME
                    && !byPersonalIdentificationNumber) {
                throw new IllegalArgumentException(
                        "identifierInSignedDocuments: PERSONAL_IDENTIFICATION_NUMBER_AND_NAME needs every signer to be"
                                + " identified by personal identification number; choose another identifier or address the"
                                + " signers so");
            }
        }

        /** This builder. */
        protected abstract B self();
    }
}
