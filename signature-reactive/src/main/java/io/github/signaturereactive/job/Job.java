package io.github.signaturereactive.job;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signature job, with the properties that the direct and the portal flow share. Immutable. */
public abstract class Job {

    private final String title;
    private final List<? extends Document> documents;
    private final @Nullable String description;
    private final @Nullable String reference;
    private final @Nullable Sender sender;
    private final @Nullable AuthenticationLevel requiredAuthentication;
    private final @Nullable IdentifierInSignedDocuments identifierInSignedDocuments;

    /**
     * Creates the job.
     *
     * @param builder the builder with the values
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

    /** {@return the title shown to signers} */
    public final String title() {
        return title;
    }

    /** {@return the documents, in the order in which they are shown to signers} */
    public List<? extends Document> documents() {
        return documents;
    }

    /** {@return the description shown to signers, or null} */
    public final @Nullable String description() {
        return description;
    }

    /** {@return the sender's reference to the job, or null} */
    public final @Nullable String reference() {
        return reference;
    }

    /** {@return the sender, or null for the default sender of the configuration} */
    public final @Nullable Sender sender() {
        return sender;
    }

    /** {@return the required authentication level, or null for the service's default, level 4} */
    public final @Nullable AuthenticationLevel requiredAuthentication() {
        return requiredAuthentication;
    }

    /** {@return the identification of signers in signed documents, or null for the service's default} */
    public final @Nullable IdentifierInSignedDocuments identifierInSignedDocuments() {
        return identifierInSignedDocuments;
    }

    /** {@return the type of job and its number of documents, without personal data} */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + documents.size() + " document(s)]";
    }

    /**
     * A builder of jobs for both flows. It can be used again after {@code build()}.
     *
     * @param <B> the type of the builder
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
         * Creates a builder.
         *
         * @param title 1 to 80 characters, not blank
         * @param documents 1 to 20 documents
         * @throws IllegalArgumentException if the title or the number of documents is invalid
         */
        protected Builder(String title, List<? extends Document> documents) {
            this.title = Field.text("title", title, 80);
            this.documents = List.copyOf(documents);
            if (this.documents.isEmpty() || this.documents.size() > 20) {
                throw new IllegalArgumentException(
                        "documents must have 1 to 20 elements, but has " + this.documents.size());
            }
        }

        /**
         * Configures the description shown to signers. Defaults to none. Element {@code description} of the manifest.
         *
         * @param description up to 220 characters
         * @return this builder
         * @throws IllegalArgumentException if the description is too long or contains a character that XML does not
         *     allow
         */
        public final B withDescription(String description) {
            this.description = Field.optionalText("description", description, 220);
            return self();
        }

        /**
         * Configures the sender's own reference to the job. Defaults to none. The service returns it in every response
         * about the job and shows it in e-mails, so it must not contain personal data. Element {@code reference} of the
         * job request.
         *
         * @param reference up to 50 characters
         * @return this builder
         * @throws IllegalArgumentException if the reference is too long or contains a character that XML does not allow
         */
        public final B withReference(String reference) {
            this.reference = Field.optionalText("reference", reference, 50);
            return self();
        }

        /**
         * Configures the sender's own reference to the job, as {@link #withReference(String)}.
         *
         * @param reference the reference
         * @return this builder
         */
        public final B withReference(UUID reference) {
            return withReference(reference.toString());
        }

        /**
         * Configures the sender and its polling queue. Defaults to {@link
         * io.github.signaturereactive.ClientConfiguration.Builder#defaultSender the default sender} of the client.
         * Creating a job without any sender emits a {@link PreconditionException}.
         *
         * @param sender the sender
         * @return this builder
         */
        public final B withSender(Sender sender) {
            this.sender = Objects.requireNonNull(sender, "sender");
            return self();
        }

        /**
         * Configures the authentication level required of signers. Defaults to the service's default, level 4. Element
         * {@code required-authentication} of the manifest.
         *
         * @param level the level; {@link AuthenticationLevel#THREE} is for public organizations only
         * @return this builder
         */
        public final B requireAuthentication(AuthenticationLevel level) {
            this.requiredAuthentication = Objects.requireNonNull(level, "level");
            return self();
        }

        /**
         * Configures the identification of signers in signed documents. Defaults to the service's default, which
         * depends on the organization. Element {@code identifier-in-signed-documents} of the manifest.
         *
         * @param identifier the identification
         * @return this builder
         */
        public final B withIdentifierInSignedDocuments(IdentifierInSignedDocuments identifier) {
            this.identifierInSignedDocuments = Objects.requireNonNull(identifier, "identifier");
            return self();
        }

        /**
         * Validates the number of signers.
         *
         * @param <S> the type of signer
         * @param signers 1 to 10 signers
         * @return a copy of the list
         * @throws IllegalArgumentException if there are no signers or more than 10
         */
        protected static <S> List<S> oneToTen(List<S> signers) {
            if (signers.isEmpty() || signers.size() > 10) {
                throw new IllegalArgumentException("signers must have 1 to 10 elements, but has " + signers.size());
            }
            return List.copyOf(signers);
        }

        /**
         * Validates {@link #withIdentifierInSignedDocuments} against the identifiers of the signers.
         *
         * @param byPersonalIdentificationNumber whether the job identifies every signer by personal identification
         *     number
         * @throws IllegalArgumentException if {@link
         *     IdentifierInSignedDocuments#PERSONAL_IDENTIFICATION_NUMBER_AND_NAME} is configured and the parameter is
         *     false
         */
        protected final void requireIdentifiable(boolean byPersonalIdentificationNumber) {
            if (identifierInSignedDocuments == IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME
                    && !byPersonalIdentificationNumber) {
                throw new IllegalArgumentException(
                        "identifierInSignedDocuments PERSONAL_IDENTIFICATION_NUMBER_AND_NAME requires a personal"
                                + " identification number for every signer; add the numbers or choose another value");
            }
        }

        /** {@return this builder} */
        protected abstract B self();
    }
}
