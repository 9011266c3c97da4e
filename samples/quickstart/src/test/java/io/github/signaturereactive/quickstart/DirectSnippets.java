package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignature;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerStatus;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.direct.StatusRetrievalMethod;
import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Java code of docs/direct.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class DirectSnippets {

    private DirectSnippets() {}

    static Mono<URI> create(SignatureClient signature) {
        // [create
        DirectClient direct = signature.direct();

        DirectDocument contract =
                DirectDocument.builder("Contract", Path.of("contract.pdf")).build();
        DirectSigner kari =
                DirectSigner.withPersonalIdentificationNumber("12345678910").build();
        ExitUrls exitUrls = ExitUrls.of(
                URI.create("https://sender.example/signed"),
                URI.create("https://sender.example/rejected"),
                URI.create("https://sender.example/failed"));

        DirectJob job = DirectJob.builder("Purchase of a boat", contract, kari, exitUrls)
                .withReference("boat-4711")
                .build();

        Mono<URI> whereToSendTheBrowser =
                direct.create(job).mapNotNull(created -> created.singleSigner().redirectUrl());
        // create]
        return whereToSendTheBrowser;
    }

    static DirectJob several() {
        // [signers
        DirectDocument contract =
                DirectDocument.builder("Contract", Path.of("contract.pdf")).build();
        DirectDocument terms = DirectDocument.builder("Terms", Path.of("terms.txt"))
                .type(DocumentType.TXT)
                .build();
        DirectSigner kari =
                DirectSigner.withPersonalIdentificationNumber("12345678910").build();
        DirectSigner ola = DirectSigner.withCustomIdentifier("customer-17").build();

        DirectJob job = DirectJob.builder(
                        "Purchase of a boat",
                        List.of(contract, terms),
                        List.of(kari, ola),
                        ExitUrls.singleExitUrl(URI.create("https://sender.example/back")))
                .withDescription("Please read both documents before you sign.")
                .build();
        // signers]
        return job;
    }

    static void redirects(DirectJobResponse created) {
        // [redirects
        Optional<URI> kari = created.signerIdentifiedBy("12345678910").map(DirectSignerResponse::redirectUrl);
        Optional<URI> ola = created.signerIdentifiedBy("customer-17").map(DirectSignerResponse::redirectUrl);
        // redirects]
    }

    static DirectSigner onBehalfOf() {
        // [behalf
        DirectSigner manager = DirectSigner.withPersonalIdentificationNumber("12345678910")
                .onBehalfOf(OnBehalfOf.OTHER)
                .build();
        // behalf]
        return manager;
    }

    static DirectJob type(DirectDocument contract, ExitUrls exitUrls) {
        // [type
        DirectSigner authenticated = DirectSigner.withPersonalIdentificationNumber("12345678910")
                .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)
                .build();
        DirectJob job = DirectJob.builder("Purchase of a boat", contract, authenticated, exitUrls)
                .requireAuthentication(AuthenticationLevel.FOUR)
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.NAME)
                .build();
        // type]
        return job;
    }

    static Mono<DirectJobStatusResponse> status(DirectClient direct, URI statusUrl, String token) {
        // [token
        // statusUrl: DirectJobResponse.statusUrl(), stored; token: the parameter status_query_token of the signer's
        // request
        Mono<DirectJobStatusResponse> status =
                direct.getStatus(StatusReference.of(statusUrl).withStatusQueryToken(token));
        // token]
        return status;
    }

    static Mono<Void> handle(DirectClient direct, Mono<DirectJobStatusResponse> asked) {
        // [status
        Mono<Void> handled = asked.delayUntil(status -> {
                    if (status.is(DirectJobStatus.COMPLETED_SUCCESSFULLY) && status.isPAdESAvailable()) {
                        return direct.getPAdES(status.pAdESUrl()).saveTo(Path.of("signed.pdf"));
                    }
                    return Mono.empty(); // FAILED, or IN_PROGRESS while others have yet to sign
                })
                .flatMap(direct::confirm);
        // status]
        return handled;
    }

    static void signatures(DirectJobStatusResponse status) {
        // [signatures
        for (DirectSignature signature : status.signatures()) {
            if (signature.is(SignerStatus.REJECTED)) {
                String signer = signature.signer(); // the identifier that the job gave
            }
        }
        Optional<DirectSignature> ola = status.signatureOf("customer-17");
        // signatures]
    }

    static Flux<DirectJobStatusResponse> poll(
            DirectClient direct,
            DirectDocument contract,
            DirectSigner signer,
            ExitUrls exitUrls,
            Function<DirectJobStatusResponse, Mono<Void>> store) {
        // [polling
        Sender sender = new Sender("123456789", PollingQueue.of("boats"));

        DirectJob job = DirectJob.builder("Purchase of a boat", contract, signer, exitUrls)
                .withSender(sender)
                .retrieveStatusBy(StatusRetrievalMethod.POLLING)
                .build();
        Flux<DirectJobStatusResponse> confirmed =
                direct.statusChanges(sender).confirmAfter(store); // saves the signed document, too
        // polling]
        return confirmed;
    }

    static Mono<DirectJobStatusResponse> once(
            DirectClient direct, Sender sender, Function<DirectJobStatusResponse, Mono<Void>> store) {
        // [poll
        Mono<DirectJobStatusResponse> processed = direct.getStatusChange(sender)
                .filter(change -> !change.is(DirectJobStatus.NO_CHANGES))
                .delayUntil(store) // saves the signed document, too
                .delayUntil(direct::confirm);
        // poll]
        return processed;
    }

    static Mono<URI> again(DirectClient direct, DirectJobResponse created, URI stored) {
        // [redirect
        Mono<URI> fromTheResponse =
                direct.requestNewRedirectUrl(created.singleSigner()).mapNotNull(DirectSignerResponse::redirectUrl);
        Mono<URI> fromAStoredUrl =
                direct.requestNewRedirectUrl(SignerUrl.of(stored)).mapNotNull(DirectSignerResponse::redirectUrl);
        // redirect]
        return fromTheResponse.or(fromAStoredUrl);
    }

    static Flux<Path> documents(DirectClient direct, DirectJobStatusResponse status, URI storedPAdESUrl) {
        // [documents
        Mono<Path> pades = direct.getPAdES(PAdESReference.of(storedPAdESUrl)).saveTo(Path.of("signed.pdf"));
        Flux<Path> xades = Flux.fromIterable(status.signatures())
                .filter(signature -> signature.xAdESUrl() != null)
                .index()
                .concatMap(signature -> direct.getXAdES(signature.getT2().xAdESUrl())
                        .saveTo(Path.of("signature-" + signature.getT1() + ".xml")));
        // documents]
        return pades.concatWith(xades);
    }

    static Mono<Void> delete(DirectClient direct, DirectJobStatusResponse status, URI stored) {
        // [delete
        Mono<Void> now = direct.deleteDocuments(status);
        Mono<Void> later = direct.deleteDocuments(DeleteDocumentsUrl.of(stored));
        // delete]
        return now.then(later);
    }
}
