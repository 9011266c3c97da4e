package io.github.signaturereactive.asice;

import static io.github.signaturereactive.asice.Elements.children;
import static io.github.signaturereactive.asice.Elements.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.job.Document;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.xml.Messages;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import reactor.core.scheduler.Schedulers;

/** Properties of bundles and messages of all direct jobs that the builders accept. */
class AnyDirectJobTest {

    @Provide
    Arbitrary<DirectJob> jobs() {
        return DirectJobs.any();
    }

    @Provide
    Arbitrary<Sender> senders() {
        return PortalJobs.sender();
    }

    @Property(tries = 20)
    void bundleIsCompleteAndSigned(@ForAll("jobs") DirectJob job) throws Exception {
        var bundle = new Bundle(
                new Documents(
                        job.documents(), Long.MAX_VALUE, Schedulers.boundedElastic(), Schedulers.boundedElastic()),
                names -> Messages.directJobManifest(job, Bundles.SENDER, names),
                SigningKey.ORGANIZATION.organization(),
                Clock.systemUTC(),
                Schedulers.boundedElastic(),
                Schedulers.boundedElastic());

        Map<String, byte[]> entries = Bundles.entries(Bundles.bytes(bundle));

        assertThat(entries).hasSize(job.documents().size() + 2);
        Validators.assertValidXmlSignature(
                entries, SigningKey.ORGANIZATION.certificate().getPublicKey());
    }

    @Property(tries = 200)
    void requestIsValidAndMatchesJob(@ForAll("jobs") DirectJob job, @ForAll("senders") Sender sender) {
        Element request = Schemas.MESSAGES
                .validate(Messages.directJobRequest(job, sender))
                .getDocumentElement();

        assertThat(text(request, "reference")).isEqualTo(job.reference());
        Element exitUrls = children(request, "exit-urls").get(0);
        assertThat(text(exitUrls, "completion-url"))
                .isEqualTo(job.exitUrls().completionUrl().toString())
                .isASCII();
        assertThat(text(exitUrls, "rejection-url"))
                .isEqualTo(job.exitUrls().rejectionUrl().toString());
        assertThat(text(exitUrls, "error-url"))
                .isEqualTo(job.exitUrls().errorUrl().toString());
        assertThat(text(request, "status-retrieval-method"))
                .isEqualTo(
                        job.statusRetrievalMethod() == null
                                ? null
                                : job.statusRetrievalMethod().name());
        assertThat(text(request, "polling-queue"))
                .isEqualTo(
                        sender.pollingQueue().isDefault()
                                ? null
                                : sender.pollingQueue().name());
    }

    @Property(tries = 200)
    void manifestIsValidAndMatchesJob(@ForAll("jobs") DirectJob job, @ForAll("senders") Sender sender) {
        List<String> names = FileNames.of(job.documents());
        Element manifest = Schemas.MESSAGES
                .validate(Messages.directJobManifest(job, sender, names))
                .getDocumentElement();

        assertThat(text(manifest, "title")).isEqualTo(job.title());
        assertThat(text(manifest, "description")).isEqualTo(job.description());
        List<Element> documents = children(children(manifest, "documents").get(0), "document");
        assertThat(documents)
                .extracting(document -> text(document, "title"))
                .containsExactlyElementsOf(
                        job.documents().stream().map(Document::title).toList());
        assertThat(documents)
                .extracting(document -> document.getAttribute("href"))
                .containsExactlyElementsOf(names);
        List<Element> signers = children(manifest, "signer");
        assertThat(signers)
                .extracting(signer -> text(signer, "signer-identifier"))
                .containsExactlyElementsOf(job.signers().stream()
                        .map(DirectSigner::customIdentifier)
                        .toList());
        assertThat(signers)
                .extracting(signer -> text(signer, "personal-identification-number"))
                .containsExactlyElementsOf(job.signers().stream()
                        .map(DirectSigner::personalIdentificationNumber)
                        .toList());
        assertThat(signers)
                .extracting(signer -> text(signer, "on-behalf-of"))
                .containsExactlyElementsOf(job.signers().stream()
                        .map(DirectSigner::onBehalfOf)
                        .map(each -> each == null ? null : each.name())
                        .toList());
        assertThat(signers)
                .extracting(signer -> text(signer, "signature-type"))
                .containsExactlyElementsOf(job.signers().stream()
                        .map(DirectSigner::signatureType)
                        .map(each -> each == null ? null : each.xmlValue())
                        .toList());
    }
}
