package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.portal.SignerIdentifier;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody wants to have signed.
 *
 * @param title what it is about
 * @param flow how it gets to its signers
 * @param signers who is to sign; one in the direct flow
 * @param inOrder whether they sign one after the other; in the portal flow
 * @param documents what is to be signed
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
