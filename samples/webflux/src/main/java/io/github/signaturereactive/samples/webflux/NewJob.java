package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.portal.SignerIdentifier;
import java.nio.file.Path;
import java.util.List;

/**
 * A job to be created.
 *
 * @param title the title
 * @param flow the flow
 * @param signers the signers; exactly one in the direct flow
 * @param inOrder whether signers sign one after the other; in the portal flow only
 * @param documents the documents to sign
 */
record NewJob(String title, Flow flow, List<SignerIdentifier> signers, boolean inOrder, List<Document> documents) {

    /**
     * A document that has been uploaded.
     *
     * @param title the title
     * @param file the PDF
     */
    record Document(String title, Path file) {}
}
