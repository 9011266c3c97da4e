package io.github.signaturereactive.xml;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import no.digipost.signature.api.xml.XMLDirectSignatureJobResponse;
import no.digipost.signature.api.xml.XMLDirectSignatureJobStatusResponse;
import no.digipost.signature.api.xml.XMLDirectSignerResponse;
import no.digipost.signature.api.xml.XMLError;
import no.digipost.signature.api.xml.XMLPortalSignatureJobResponse;
import no.digipost.signature.api.xml.XMLPortalSignatureJobStatusChangeResponse;
import no.digipost.signature.client.core.internal.JobStatusResponse;
import no.digipost.signature.client.direct.DirectJobResponse;
import no.digipost.signature.client.direct.DirectJobStatusResponse;
import no.digipost.signature.client.direct.DirectSignerResponse;
import no.digipost.signature.client.portal.PortalJobResponse;
import no.digipost.signature.client.portal.PortalJobStatusChanged;
import no.digipost.signature.jaxb.JaxbMarshaller;

/**
 * The values of a message that the official Java client has read, in the order of {@link ReadValues}. Its classes for reading are not
 * public and are called by reflection.
 */
final class OfficialReadValues {

    private static final JaxbMarshaller RESPONSES = JaxbMarshaller.ForResponsesOfAllApis.singleton();
    private static final String PORTAL = "no.digipost.signature.client.portal.JaxbEntityMapping";
    private static final String DIRECT = "no.digipost.signature.client.direct.JaxbEntityMapping";

    private OfficialReadValues() {}

    static List<Object> portalJobResponse(byte[] xml) {
        var response = (PortalJobResponse) mapped(PORTAL, read(xml, XMLPortalSignatureJobResponse.class));
        return Arrays.asList(
                response.getReference(),
                response.getSignatureJobId(),
                url(response.getCancellationUrl(), reference -> reference.getUrl()));
    }

    static List<Object> portalJobStatusChange(byte[] xml) {
        var change = (PortalJobStatusChanged)
                mapped(PORTAL, statusResponse(read(xml, XMLPortalSignatureJobStatusChangeResponse.class)));
        return Arrays.asList(
                change.getReference(),
                change.getSignatureJobId(),
                change.getStatus().name(),
                url(change.getConfirmationReference(), reference -> reference.getConfirmationUrl()),
                url(change.getCancellationUrl(), reference -> reference.getUrl()),
                url(change.getDeleteDocumentsUrl(), reference -> reference.getUrl()),
                url(change.getpAdESUrl(), reference -> reference.getpAdESUrl()),
                change.getSignatures().stream()
                        .map(signature -> Arrays.asList(
                                signer(field(signature, "signer")),
                                signature.getStatus().getIdentifier(),
                                signature.getStatusDateTime(),
                                url(signature.getxAdESUrl(), reference -> reference.getxAdESUrl())))
                        .toList());
    }

    static List<Object> directJobResponse(byte[] xml) {
        var response = (DirectJobResponse) mapped(DIRECT, read(xml, XMLDirectSignatureJobResponse.class));
        return Arrays.asList(
                response.getReference(),
                response.getSignatureJobId(),
                response.getStatusUrl(),
                response.getSigners().stream().map(OfficialReadValues::signer).toList());
    }

    static List<Object> directSignerResponse(byte[] xml) {
        return signer(DirectSignerResponse.fromJaxb(read(xml, XMLDirectSignerResponse.class)));
    }

    static List<Object> directJobStatus(byte[] xml) {
        var status = (DirectJobStatusResponse)
                mapped(DIRECT, read(xml, XMLDirectSignatureJobStatusResponse.class), Instant.EPOCH);
        return Arrays.asList(
                status.getReference(),
                status.getSignatureJobId(),
                status.getStatus().name(),
                url(status.getConfirmationReference(), reference -> reference.getConfirmationUrl()),
                url(status.getDeleteDocumentsUrl(), reference -> reference.getUrl()),
                url(status.getpAdESUrl(), reference -> reference.getpAdESUrl()),
                status.getSignatures().stream()
                        .map(signature -> Arrays.asList(
                                signature.getSigner(),
                                signature.getStatus().getIdentifier(),
                                signature.getStatusDateTime(),
                                url(signature.getxAdESUrl(), reference -> reference.getxAdESUrl())))
                        .toList());
    }

    static List<Object> error(byte[] xml) {
        XMLError error = read(xml, XMLError.class);
        return Arrays.asList(error.getErrorCode(), error.getErrorMessage(), error.getErrorType());
    }

    private static List<Object> signer(DirectSignerResponse signer) {
        return Arrays.asList(
                field(signer, "personalIdentificationNumber"),
                field(signer, "customIdentifier"),
                signer.getSignerUrl(),
                signer.getRedirectUrl());
    }

    private static List<Object> signer(Object signer) {
        return Arrays.asList(
                field(signer, "personalIdentificationNumber"),
                field(signer, "emailAddress"),
                field(signer, "mobileNumber"));
    }

    private static <T> T read(byte[] xml, Class<T> type) {
        return RESPONSES.unmarshal(new ByteArrayInputStream(xml), type);
    }

    private static <T> URI url(T reference, Function<T, URI> url) {
        return reference == null ? null : url.apply(reference);
    }

    private static Object statusResponse(Object status) {
        try {
            Constructor<?> constructor = JobStatusResponse.class.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(status, Instant.EPOCH);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This test does not support this version of the official client", e);
        }
    }

    private static Object mapped(String mapping, Object... message) {
        Class<?>[] types = Arrays.stream(message).map(Object::getClass).toArray(Class<?>[]::new);
        try {
            Method fromJaxb = Class.forName(mapping).getDeclaredMethod("fromJaxb", types);
            fromJaxb.setAccessible(true);
            return fromJaxb.invoke(null, message);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This test does not support this version of the official client", e);
        }
    }

    private static Object field(Object object, String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This test does not support this version of the official client", e);
        }
    }
}
