package io.github.signaturereactive.asice;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.xml.Messages;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import no.digipost.signature.client.asice.manifest.CreateDirectManifest;
import no.digipost.signature.client.asice.manifest.CreatePortalManifest;
import no.digipost.signature.client.core.PollingQueue;
import no.digipost.signature.client.core.internal.MaySpecifySender;
import no.digipost.signature.jaxb.JaxbMarshaller;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xmlunit.assertj3.XmlAssert;

/**
 * Compares requests and manifests with those of the official Java client. They must be equal as XML, ignoring prefixes and unused
 * namespace declarations. The other accepted differences are removed by a method each.
 */
class OfficialClientDifferentialTest {

    private static final JaxbMarshaller REQUESTS = JaxbMarshaller.ForRequestsOfAllApis.singleton();

    @Provide
    Arbitrary<PortalJob> portalJobs() {
        return PortalJobs.any().filter(job -> canBeNamed(OfficialJobs.of(job).getDocuments()));
    }

    @Provide
    Arbitrary<DirectJob> directJobs() {
        return DirectJobs.any().filter(job -> canBeNamed(OfficialJobs.of(job).getDocuments()));
    }

    @Provide
    Arbitrary<Sender> senders() {
        return PortalJobs.sender();
    }

    @Property(tries = 300)
    void portalRequestEqualsThatOfOfficialClient(
            @ForAll("portalJobs") PortalJob job, @ForAll("senders") Sender sender) {
        Object theirs = request("no.digipost.signature.client.portal", OfficialJobs.of(job), sender);

        assertSame(Messages.portalJobRequest(job, sender), REQUESTS.marshalToBytes(theirs));
    }

    @Property(tries = 300)
    void directRequestEqualsThatOfOfficialClient(
            @ForAll("directJobs") DirectJob job, @ForAll("senders") Sender sender) {
        Object theirs = request("no.digipost.signature.client.direct", OfficialJobs.of(job), sender);

        assertSame(Messages.directJobRequest(job, sender), REQUESTS.marshalToBytes(theirs));
    }

    @Property(tries = 300)
    void portalManifestEqualsThatOfOfficialClient(
            @ForAll("portalJobs") PortalJob job, @ForAll("senders") Sender sender) {
        byte[] ours = Messages.portalJobManifest(job, sender, FileNames.of(job.documents()));
        byte[] theirs = new CreatePortalManifest(
                        MaySpecifySender.specifiedAs(OfficialJobs.sender(sender)), Clock.systemUTC())
                .createManifest(OfficialJobs.of(job))
                .getContent();

        assertSame(ours, theirs);
    }

    @Property(tries = 300)
    void directManifestEqualsThatOfOfficialClient(
            @ForAll("directJobs") DirectJob job, @ForAll("senders") Sender sender) {
        byte[] ours = Messages.directJobManifest(job, sender, FileNames.of(job.documents()));
        byte[] theirs = new CreateDirectManifest(MaySpecifySender.specifiedAs(OfficialJobs.sender(sender)))
                .createManifest(OfficialJobs.of(job))
                .getContent();

        assertSame(ours, theirs);
    }

    /** The official client fails for some titles: it replaces letters by two, and creates file names of more than 100 characters. */
    private static boolean canBeNamed(List<no.digipost.signature.client.core.Document> documents) {
        return documents.stream().allMatch(document -> document.getFileName().length() <= 100);
    }

    private static void assertSame(byte[] ours, byte[] theirs) {
        XmlAssert.assertThat(comparable(ours).getDocumentElement())
                .and(comparable(theirs).getDocumentElement())
                .areSimilar();
    }

    private static Document comparable(byte[] xml) {
        Document message = Schemas.MESSAGES.validate(xml);
        withoutEmptyAvailability(message);
        withoutOrderZero(message);
        withBlanksInAttributes(message);
        withTimesInUtcAndMilliseconds(message);
        return message;
    }

    /** The official client writes an empty {@code availability} if it is not set. */
    private static void withoutEmptyAvailability(Document message) {
        forEach(message, "availability", availability -> {
            if (!availability.hasChildNodes()) {
                availability.getParentNode().removeChild(availability);
            }
        });
    }

    /** The official client writes {@code order="0"}, the default of the schema, if the order is not set. */
    private static void withoutOrderZero(Document message) {
        forEach(message, "signer", signer -> {
            if (signer.getAttribute("order").equals("0")) {
                signer.removeAttribute("order");
            }
        });
    }

    /** The official client writes activation times in the time zone of its clock, in milliseconds. */
    private static void withTimesInUtcAndMilliseconds(Document message) {
        forEach(
                message,
                "activation-time",
                time -> time.setTextContent(OffsetDateTime.parse(time.getTextContent())
                        .toInstant()
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString()));
    }

    /** The official client does not escape tabs and line breaks in attributes. Parsers replace them by blanks. */
    private static void withBlanksInAttributes(Document message) {
        forEach(message, "email", email -> withBlanks(email, "address"));
        forEach(message, "sms", sms -> withBlanks(sms, "number"));
    }

    private static void withBlanks(Element element, String attribute) {
        if (element.hasAttribute(attribute)) {
            element.setAttribute(attribute, element.getAttribute(attribute).replaceAll("\\r\\n|[\\t\\r\\n]", " "));
        }
    }

    private static void forEach(Document message, String name, Consumer<Element> change) {
        var found = message.getElementsByTagNameNS("*", name);
        List<Element> elements = IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
        elements.forEach(change);
    }

    /** Creates the request of the official client by reflection, because its class is not public. */
    private static Object request(String flow, Object job, Sender sender) {
        try {
            Method toJaxb = Class.forName(flow + ".JaxbEntityMapping")
                    .getDeclaredMethod("toJaxb", job.getClass(), PollingQueue.class);
            toJaxb.setAccessible(true);
            return toJaxb.invoke(null, job, OfficialJobs.sender(sender).getPollingQueue());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This test does not support this version of the official client", e);
        }
    }
}
