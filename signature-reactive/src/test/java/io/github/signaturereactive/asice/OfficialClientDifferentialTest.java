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
 * Any job is written as the official client writes it: as XML, whatever the prefixes and the namespaces that it declares and nothing
 * uses. What else is set aside has a method here, which says what it is.
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
    void thePortalRequestIsTheOfficialClients(@ForAll("portalJobs") PortalJob job, @ForAll("senders") Sender sender) {
        Object theirs = request("no.digipost.signature.client.portal", OfficialJobs.of(job), sender);

        assertSame(Messages.portalJobRequest(job, sender), REQUESTS.marshalToBytes(theirs));
    }

    @Property(tries = 300)
    void theDirectRequestIsTheOfficialClients(@ForAll("directJobs") DirectJob job, @ForAll("senders") Sender sender) {
        Object theirs = request("no.digipost.signature.client.direct", OfficialJobs.of(job), sender);

        assertSame(Messages.directJobRequest(job, sender), REQUESTS.marshalToBytes(theirs));
    }

    @Property(tries = 300)
    void thePortalManifestIsTheOfficialClients(@ForAll("portalJobs") PortalJob job, @ForAll("senders") Sender sender) {
        byte[] ours = Messages.portalJobManifest(job, sender, FileNames.of(job.documents()));
        byte[] theirs = new CreatePortalManifest(
                        MaySpecifySender.specifiedAs(OfficialJobs.sender(sender)), Clock.systemUTC())
                .createManifest(OfficialJobs.of(job))
                .getContent();

        assertSame(ours, theirs);
    }

    @Property(tries = 300)
    void theDirectManifestIsTheOfficialClients(@ForAll("directJobs") DirectJob job, @ForAll("senders") Sender sender) {
        byte[] ours = Messages.directJobManifest(job, sender, FileNames.of(job.documents()));
        byte[] theirs = new CreateDirectManifest(MaySpecifySender.specifiedAs(OfficialJobs.sender(sender)))
                .createManifest(OfficialJobs.of(job))
                .getContent();

        assertSame(ours, theirs);
    }

    /** Theirs makes file names that are longer than the schema allows, of titles with letters that it spells out, and then fails. */
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

    /** Theirs has an {@code availability} with nothing in it where the job says nothing about it. */
    private static void withoutEmptyAvailability(Document message) {
        forEach(message, "availability", availability -> {
            if (!availability.hasChildNodes()) {
                availability.getParentNode().removeChild(availability);
            }
        });
    }

    /** Theirs has {@code order="0"}, the schema's default, on every signer that was given none. */
    private static void withoutOrderZero(Document message) {
        forEach(message, "signer", signer -> {
            if (signer.getAttribute("order").equals("0")) {
                signer.removeAttribute("order");
            }
        });
    }

    /** Theirs has activation times in the time zone of its clock and cuts them to milliseconds, ours keeps what it was given. */
    private static void withTimesInUtcAndMilliseconds(Document message) {
        forEach(
                message,
                "activation-time",
                time -> time.setTextContent(OffsetDateTime.parse(time.getTextContent())
                        .toInstant()
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString()));
    }

    /** Theirs does not escape tabs and line breaks in addresses, which then are blanks to whoever reads them. */
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

    /** What the official client sends as the request, which it makes in a class of its own. */
    private static Object request(String flow, Object job, Sender sender) {
        try {
            Method toJaxb = Class.forName(flow + ".JaxbEntityMapping")
                    .getDeclaredMethod("toJaxb", job.getClass(), PollingQueue.class);
            toJaxb.setAccessible(true);
            return toJaxb.invoke(null, job, OfficialJobs.sender(sender).getPollingQueue());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The official client is another than this test was written for", e);
        }
    }
}
