package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.job.ArchiveOwner;
import java.util.Objects;
import java.util.Set;

/**
 * The archive: signed documents that the service keeps for their senders. Got from {@link SignatureClient#archive()}, which also
 * says what holds for all calls.
 */
public final class ArchiveClient {

    /** As a segment of a path, these lead elsewhere, encoded or not. */
    private static final Set<String> NO_SEGMENTS = Set.of(".", "..");

    private final ApiClient api;

    ArchiveClient(ApiClient api) {
        this.api = api;
    }

    /**
     * A signed document, a PDF. Nothing is sent before the download is subscribed to.
     *
     * @param owner whose archive; the configuration's default sender plays no part
     * @param id what the archive calls the document, any text but a blank one
     */
    public DocumentDownload getPAdES(ArchiveOwner owner, String id) {
        if (Objects.requireNonNull(id, "id").isBlank() || NO_SEGMENTS.contains(id)) {
            throw new IllegalArgumentException(
                    "The id of an archived document must not be blank or made of dots alone");
        }
        return DocumentDownload.ofPAdES(api.document(
                "/" + owner.organizationNumber() + "/archive/documents/" + QueueAddress.encoded(id) + "/pades"));
    }
}
