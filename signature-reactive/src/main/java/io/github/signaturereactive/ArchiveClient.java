package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.job.ArchiveOwner;
import java.util.Objects;
import java.util.Set;

/**
 * A client for the archive, where the service stores signed documents of senders with long-term storage. Get it from {@link
 * SignatureClient#archive()}. See {@link SignatureClient} for threads and errors.
 */
public final class ArchiveClient {

    /** Dot segments are removed from a path (RFC 3986, section 5.2.4), also if they are percent-encoded. */
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");

    private final ApiClient api;

    ArchiveClient(ApiClient api) {
        this.api = api;
    }

    /**
     * Returns the download of an archived PAdES, the PDF document with the signatures. Each subscription to the download sends a
     * request.
     *
     * @param owner the organization that owns the document. The default sender of the configuration is not used
     * @param id the id of the document in the archive, not blank. It is sent as one percent-encoded path segment
     * @return the download
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    public DocumentDownload getPAdES(ArchiveOwner owner, String id) {
        if (Objects.requireNonNull(id, "id").isBlank() || DOT_SEGMENTS.contains(id)) {
            throw new IllegalArgumentException("The id of an archived document must not be blank, '.' or '..'");
        }
        return DocumentDownload.ofPAdES(api.document(
                "/" + owner.organizationNumber() + "/archive/documents/" + QueueAddress.encoded(id) + "/pades"));
    }
}
