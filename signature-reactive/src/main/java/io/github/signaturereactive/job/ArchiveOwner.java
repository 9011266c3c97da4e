package io.github.signaturereactive.job;

/**
 * The organization that owns a signed document in the archive. It is the sender of the job.
 *
 * @param organizationNumber nine digits
 */
public record ArchiveOwner(String organizationNumber) {

    /**
     * Creates the archive owner.
     *
     * @param organizationNumber nine digits
     * @throws IllegalArgumentException if the organization number is not nine digits
     */
    public ArchiveOwner {
        organizationNumber = Field.organizationNumber("organization number of the archive's owner", organizationNumber);
    }

    /**
     * Returns the owner of the documents of a sender.
     *
     * @param sender the sender of the jobs
     * @return the owner
     */
    public static ArchiveOwner of(Sender sender) {
        return new ArchiveOwner(sender.organizationNumber());
    }

    /**
     * Returns the owner with an organization number.
     *
     * @param organizationNumber nine digits
     * @return the owner
     * @throws IllegalArgumentException if the organization number is not nine digits
     */
    public static ArchiveOwner ofOrganizationNumber(String organizationNumber) {
        return new ArchiveOwner(organizationNumber);
    }
}
