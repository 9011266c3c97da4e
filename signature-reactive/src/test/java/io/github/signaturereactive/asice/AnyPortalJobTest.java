package io.github.signaturereactive.asice;

import static io.github.signaturereactive.asice.Elements.attribute;
import static io.github.signaturereactive.asice.Elements.children;
import static io.github.signaturereactive.asice.Elements.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.Document;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.xml.Messages;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;

/** Properties of bundles and messages of all portal jobs that the builders accept. */
class AnyPortalJobTest {

    @Provide
    Arbitrary<PortalJob> jobs() {
        return PortalJobs.any();
    }

    @Provide
    Arbitrary<Sender> senders() {
        return PortalJobs.sender();
    }

    @Property(tries = 100)
    void bundleIsCompleteAndSigned(@ForAll("jobs") PortalJob job) throws Exception {
        Map<String, byte[]> entries = Bundles.entries(Bundles.bytes(Bundles.of(job)));

        assertThat(entries).hasSize(job.documents().size() + 2);
        Validators.assertValidXmlSignature(
                entries, SigningKey.ORGANIZATION.certificate().getPublicKey());
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void bundleIsValidForDss(@ForAll("jobs") PortalJob job) throws Exception {
        Validators.assertValid(Bundles.bytes(Bundles.of(job)), SigningKey.ORGANIZATION);
    }

    @Property(tries = 200)
    void fileNamesAreSafeAndUnique(@ForAll("jobs") PortalJob job) {
        assertThat(FileNames.of(job.documents()))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name)
                        .matches("[0-9]{4}_[0-9a-z._-]*\\.(pdf|txt)")
                        .hasSizeBetween(4, 100));
    }

    @Property(tries = 200)
    void requestIsValidAndMatchesJob(@ForAll("jobs") PortalJob job, @ForAll("senders") Sender sender) {
        Element request = Schemas.MESSAGES
                .validate(Messages.portalJobRequest(job, sender))
                .getDocumentElement();

        assertThat(text(request, "reference")).isEqualTo(job.reference());
        assertThat(text(request, "polling-queue"))
                .isEqualTo(
                        sender.pollingQueue().isDefault()
                                ? null
                                : sender.pollingQueue().name());
    }

    @Property(tries = 200)
    void manifestIsValidAndMatchesJob(@ForAll("jobs") PortalJob job, @ForAll("senders") Sender sender) {
        List<String> names = FileNames.of(job.documents());
        Element manifest = Schemas.MESSAGES
                .validate(Messages.portalJobManifest(job, sender, names))
                .getDocumentElement();

        assertThat(text(manifest, "title")).isEqualTo(job.title());
        assertThat(text(manifest, "nonsensitive-title")).isEqualTo(job.nonsensitiveTitle());
        assertThat(text(manifest, "description")).isEqualTo(job.description());
        List<Element> documents = children(children(manifest, "documents").get(0), "document");
        assertThat(documents)
                .extracting(document -> text(document, "title"))
                .containsExactlyElementsOf(
                        job.documents().stream().map(Document::title).toList());
        assertThat(documents)
                .extracting(document -> document.getAttribute("href"))
                .containsExactlyElementsOf(names);
        List<Element> signers = children(children(manifest, "signers").get(0), "signer");
        assertThat(signers).hasSameSizeAs(job.signers());
        for (int i = 0; i < signers.size(); i++) {
            var notifications = job.signers().get(i).notifications();
            List<Element> written = children(signers.get(i), "notifications");
            assertThat(written).hasSize(notifications == null ? 0 : 1);
            if (notifications != null) {
                assertThat(attribute(written.get(0), "email", "address")).isEqualTo(notifications.emailAddress());
                assertThat(attribute(written.get(0), "sms", "number")).isEqualTo(notifications.mobileNumber());
            }
        }
    }
}
