package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/** Something whose documents can be deleted: a job, as a status change described it, or the stored URL. */
public interface DocumentsDeletable {

    /** Where the documents are deleted, or null if the service does not offer that, or not yet. */
    @Nullable
    DeleteDocumentsUrl deleteDocumentsUrl();
}
