package io.github.signaturereactive.asice;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.StatusRetrievalMethod;
import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.SignatureType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generates direct jobs that the builders accept. */
final class DirectJobs {

    private DirectJobs() {}

    static Arbitrary<DirectJob> any() {
        return Combinators.combine(PortalJobs.text(1, 80), documents(), signers(), exitUrls(), options())
                .as((title, documents, signers, exitUrls, options) ->
                        options.apply(DirectJob.builder(title, documents, signers, exitUrls)))
                .map(DirectJobs::build);
    }

    private static Arbitrary<List<DirectDocument>> documents() {
        return Combinators.combine(PortalJobs.text(1, 80), Arbitraries.of(DocumentType.values()))
                .as((title, type) -> DirectDocument.builder(title, new byte[] {1, 2, 3})
                        .type(type)
                        .build())
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static Arbitrary<List<DirectSigner>> signers() {
        Arbitrary<DirectSigner.Builder> identified = Arbitraries.oneOf(
                Arbitraries.strings().numeric().ofLength(11).map(DirectSigner::withPersonalIdentificationNumber),
                PortalJobs.text(1, 80).map(DirectSigner::withCustomIdentifier));
        return Combinators.combine(
                        identified,
                        Arbitraries.of(OnBehalfOf.values()).injectNull(0.5),
                        Arbitraries.of(SignatureType.values()).injectNull(0.5))
                .as((builder, onBehalfOf, type) -> {
                    DirectSigner.Builder signer = onBehalfOf == null ? builder : builder.onBehalfOf(onBehalfOf);
                    return (type == null ? signer : signer.withSignatureType(type)).build();
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .uniqueElements(signer -> signer.identifier().strip());
    }

    private static Arbitrary<ExitUrls> exitUrls() {
        Arbitrary<URI> url = Combinators.combine(PortalJobs.text(0, 12), PortalJobs.text(0, 12), PortalJobs.text(0, 12))
                .as(DirectJobs::url);
        return Combinators.combine(url, url, url).as(ExitUrls::of);
    }

    /** Creates a URL and percent-encodes its parts. They have at most 12 characters, so the URL has less than 500. */
    private static URI url(String path, String query, String fragment) {
        try {
            return new URI("https", "sender.example", "/" + path, query, fragment);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Arbitrary<Options> options() {
        return Combinators.combine(
                        PortalJobs.text(0, 220).injectNull(0.5),
                        PortalJobs.text(0, 50).injectNull(0.5),
                        Arbitraries.of(AuthenticationLevel.values()).injectNull(0.5),
                        Arbitraries.of(IdentifierInSignedDocuments.values()).injectNull(0.5),
                        Arbitraries.of(StatusRetrievalMethod.values()).injectNull(0.5))
                .as(Options::new);
    }

    private static DirectJob build(DirectJob.Builder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) { // the signers do not have the identifier for signed documents
            return builder.withIdentifierInSignedDocuments(IdentifierInSignedDocuments.NAME)
                    .build();
        }
    }

    private record Options(
            String description,
            String reference,
            AuthenticationLevel level,
            IdentifierInSignedDocuments identifier,
            StatusRetrievalMethod method) {

        DirectJob.Builder apply(DirectJob.Builder builder) {
            DirectJob.Builder job = builder;
            job = description == null ? job : job.withDescription(description);
            job = reference == null ? job : job.withReference(reference);
            job = level == null ? job : job.requireAuthentication(level);
            job = identifier == null ? job : job.withIdentifierInSignedDocuments(identifier);
            return method == null ? job : job.retrieveStatusBy(method);
        }
    }
}
