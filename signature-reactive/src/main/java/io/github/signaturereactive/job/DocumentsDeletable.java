package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/** A job whose documents can be deleted. Implemented by status changes and by the stored URL. */
public interface DocumentsDeletable {

    /** {@return the URL for deleting the documents, or null if the service does not offer the deletion, or not yet} */
    @Nullable
    DeleteDocumentsUrl deleteDocumentsUrl();
}
