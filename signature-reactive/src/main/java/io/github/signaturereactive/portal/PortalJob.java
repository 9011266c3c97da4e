package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.Job;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of the portal flow, in which the service notifies the signers and the signers sign in its portal. Immutable.
 * Creating the same job several times results in several jobs.
 *
 * <p>A portal job is sent as the elements {@code portal-signature-job-request} and {@code
 * portal-signature-job-manifest}.
 */
public final class PortalJob extends Job {

    /** The limit of the service for {@code available-seconds}. */
    private static final Duration LONGEST_AVAILABILITY = Duration.ofDays(90);

    private final List<PortalSigner> signers;
    private final @Nullable String nonsensitiveTitle;
    private final @Nullable OffsetDateTime activationTime;
    private final @Nullable Duration availableFor;

    private PortalJob(Builder builder) {
        super(builder);
        this.signers = builder.signers;
        this.nonsensitiveTitle = builder.nonsensitiveTitle;
        this.activationTime = builder.activationTime;
        this.availableFor = builder.availableFor;
    }

    /**
     * Creates a builder.
     *
     * @param title the title shown to signers, 1 to 80 characters, not blank
     * @param documents 1 to 20 documents, in the order in which they are shown
     * @param signers 1 to 10 signers
     * @return the builder
     * @throws IllegalArgumentException if the title or the number of documents or signers is invalid
     */
    public static Builder builder(String title, List<PortalDocument> documents, List<PortalSigner> signers) {
        return new Builder(title, documents, signers);
    }

    /** {@return the signers} */
    public List<PortalSigner> signers() {
        return signers;
    }

    /** {@return the title for notifications, or null} */
    public @Nullable String nonsensitiveTitle() {
        return nonsensitiveTitle;
    }

    /** {@return the time from which signers can sign, or null for immediately} */
    public @Nullable OffsetDateTime activationTime() {
        return activationTime;
    }

    /** {@return how long signers can sign, or null for the service's default, 30 days} */
    public @Nullable Duration availableFor() {
        return availableFor;
    }

    /** A builder of {@link PortalJob}. It can be used again after {@link #build()}. */
    public static final class Builder extends Job.Builder<Builder> {

        private final List<PortalSigner> signers;
        private @Nullable String nonsensitiveTitle;
        private @Nullable OffsetDateTime activationTime;
        private @Nullable Duration availableFor;

        private Builder(String title, List<PortalDocument> documents, List<PortalSigner> signers) {
            super(title, documents);
            this.signers = oneToTen(signers);
        }

        /**
         * Configures a title without sensitive information for e-mails and SMS. Defaults to none: notifications then
         * contain no title. Element {@code nonsensitive-title} of the manifest.
         *
         * @param title 1 to 80 characters, not blank
         * @return this builder
         * @throws IllegalArgumentException if the title is blank, too long, or contains a character that XML does not
         *     allow
         */
        public Builder withNonsensitiveTitle(String title) {
            this.nonsensitiveTitle = Field.text("nonsensitive title", title, 80);
            return this;
        }

        /**
         * Configures the time from which signers can sign. Defaults to immediately. A time in the past has the same
         * effect. Element {@code activation-time} of the manifest.
         *
         * @param time the time, with a year from 1 to 9999
         * @return this builder
         * @throws IllegalArgumentException if the year is not supported
         */
        public Builder withActivationTime(OffsetDateTime time) {
            if (time.getYear() < 1 || time.getYear() > 9999) {
                throw new IllegalArgumentException(
                        "activationTime must have a year from 1 to 9999, but has " + time.getYear());
            }
            this.activationTime = time;
            return this;
        }

        /**
         * Configures the time from which signers can sign, as {@link #withActivationTime(OffsetDateTime)}.
         *
         * @param time the time, with a year from 1 to 9999
         * @return this builder
         * @throws IllegalArgumentException if the year is not supported
         */
        public Builder withActivationTime(ZonedDateTime time) {
            return withActivationTime(time.toOffsetDateTime());
        }

        /**
         * Configures how long signers can sign. Defaults to the service's default, 30 days. The time starts at the
         * activation, and again for each group of signers with the same {@linkplain PortalSigner.Builder#withOrder
         * order}. Element {@code available-seconds} of the manifest.
         *
         * @param duration 0 to 90 days; fractions of a second are dropped
         * @return this builder
         * @throws IllegalArgumentException if the duration is negative or longer than 90 days
         */
        public Builder availableFor(Duration duration) {
            if (duration.isNegative() || duration.compareTo(LONGEST_AVAILABILITY) > 0) {
                throw new IllegalArgumentException(
                        "availableFor must be 0 to " + LONGEST_AVAILABILITY.toDays() + " days, but was " + duration);
            }
            this.availableFor = duration;
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
        public PortalJob build() {
            requireIdentifiable(signers.stream()
                    .allMatch(signer -> signer.identifier() instanceof SignerIdentifier.PersonalIdentificationNumber));
            return new PortalJob(this);
        }
    }
}
