package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.Job;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job for the portal flow: documents, the signers who are notified and sign when they like, and until when they may.
 * Immutable; the same job may be created several times, which gives several jobs.
 */
public final class PortalJob extends Job {

    /** The longest time a job can be available to signers. */
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
     * Starts with what every portal job must have.
     *
     * @param title 1 to 80 characters, not blank
     * @param documents 1 to 20 documents
     * @param signers 1 to 10 signers
     */
    public static Builder builder(String title, List<PortalDocument> documents, List<PortalSigner> signers) {
        return new Builder(title, documents, signers);
    }

    /** The signers. */
    public List<PortalSigner> signers() {
        return signers;
    }

    /** A title that may stand in e-mails and text messages, or null. */
    public @Nullable String nonsensitiveTitle() {
        return nonsensitiveTitle;
    }

    /** When the job becomes available to signers, or null for at once. */
    public @Nullable OffsetDateTime activationTime() {
        return activationTime;
    }

    /** How long the job is available to signers, or null for the service's default, 30 days. */
    public @Nullable Duration availableFor() {
        return availableFor;
    }

    /** Builds a portal job. */
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
         * Configure a title that may stand in e-mails and text messages. Defaults to none: the notifications then hold no
         * title.
         *
         * @param title 1 to 80 characters, not blank
         */
        public Builder withNonsensitiveTitle(String title) {
            this.nonsensitiveTitle = Field.text("nonsensitive title", title, 80);
            return this;
        }

        /**
         * Configure when the job becomes available to signers. Defaults to at once.
         *
         * @param time in the years 1 to 9999, which is what XML can tell
         */
        public Builder withActivationTime(OffsetDateTime time) {
            if (time.getYear() < 1 || time.getYear() > 9999) {
                throw new IllegalArgumentException(
                        "activationTime must be in the years 1 to 9999, but was in " + time.getYear());
            }
            this.activationTime = time;
            return this;
        }

        /** Configure when the job becomes available to signers, as {@link #withActivationTime(OffsetDateTime)}. */
        public Builder withActivationTime(ZonedDateTime time) {
            return withActivationTime(time.toOffsetDateTime());
        }

        /**
         * Configure how long each signer, or group of signers of the same order, has for signing. Defaults to the
         * service's default, 30 days.
         *
         * @param duration up to 90 days, in whole seconds; fractions are dropped
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
         * The job.
         *
         * @throws IllegalArgumentException if signers without a personal identification number are to be identified by it
         */
        public PortalJob build() {
            requireIdentifiable(signers.stream()
                    .allMatch(signer -> signer.identifier() instanceof SignerIdentifier.PersonalIdentificationNumber));
            return new PortalJob(this);
        }
    }
}
