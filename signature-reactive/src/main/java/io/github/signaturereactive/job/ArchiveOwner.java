package io.github.signaturereactive.job;

/**
 * The organization whose archive holds a signed document: the sender of the job.
 *
 * @param organizationNumber nine digits
 */
public record ArchiveOwner(String organizationNumber) {

    /** Checks the organization number. */
    public ArchiveOwner {
        organizationNumber = Field.organizationNumber("organization number of the archive's owner", organizationNumber);
    }

    /** The owner of what this sender has sent. */
    public static ArchiveOwner of(Sender sender) {
        return new ArchiveOwner(sender.organizationNumber());
    }

    /**
     * The owner with this organization number.
     *
     * @param organizationNumber nine digits
     */
    public static ArchiveOwner ofOrganizationNumber(String organizationNumber) {
        return new ArchiveOwner(organizationNumber);
    }
}
