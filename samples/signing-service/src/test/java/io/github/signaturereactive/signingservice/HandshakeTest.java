package io.github.signaturereactive.signingservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.certificate.OrganizationNumber;
import io.github.signaturereactive.signingservice.certificate.ServerCertificate;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import no.digipost.signature.client.portal.PortalClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aTrustedClientCertificateIsAccepted(String protocol) {
        try (SigningService service =
                SigningService.builder().protocols(protocol).start()) {
            ClientCertificate certificate = service.clientCertificate();

            assertThat(client(service, protocol, certificate).get("/123456789").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anExpiredAnUnknownAndNoClientCertificateAreRefusedByAnAlert(String protocol) {
        try (SigningService service = SigningService.start()) {
            List<RawClient> refused = List.of(
                    client(service, protocol, service.issueExpiredClientCertificate("123456789")),
                    client(service, protocol, service.issueUnknownClientCertificate("123456789")),
                    RawClient.of(service, tls -> tls.protocols(protocol)));

            assertThat(refused)
                    .allSatisfy(client -> assertThatThrownBy(() -> client.get("/123456789"))
                            .satisfies(
                                    refusal -> assertThat(stackTrace(refusal)).containsPattern("(?i)alert[:_]")));
            assertThat(service.observations().requests()).isEmpty();
            assertThat(service.observations().connectionsAccepted()).isEqualTo(3);
        }
    }

    @Test
    void aProtocolThatIsNotOfferedIsNotSpoken() {
        try (SigningService service =
                SigningService.builder().protocols("TLSv1.3").start()) {
            RawClient client = client(service, "TLSv1.2", service.clientCertificate());

            assertThatThrownBy(() -> client.get("/123456789"))
                    .satisfies(refusal -> assertThat(stackTrace(refusal)).containsPattern("(?i)protocol.version"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ANOTHER_ORGANIZATION", "UNKNOWN_AUTHORITY", "EXPIRED"})
    void theOfficialClientRefusesEveryWrongServerCertificate(ServerCertificate wrong) {
        try (SigningService service =
                SigningService.builder().serverCertificate(wrong).start()) {
            PortalClient client = OfficialClient.of(service, Clock.systemUTC());

            assertThatThrownBy(client::getStatusChange).hasStackTraceContaining("javax.net.ssl.SSL");
            assertThat(service.observations().requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTEN_BRING", "ISSUED_FOR_LOCALHOST"})
    void theOfficialClientAcceptsTheRightOrganizationWhateverTheHost(ServerCertificate right) {
        try (SigningService service =
                SigningService.builder().serverCertificate(right).start()) {
            PortalClient client = OfficialClient.of(service, Clock.systemUTC());

            client.getStatusChange();

            assertThat(service.observations().completeRequests(Operation.POLL)).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyServerCertificateIsOfTheOrganizationItSays(ServerCertificate certificate) throws Exception {
        List<X509Certificate> chain = certificate.chain();

        assertThat(OrganizationNumber.of(chain.get(0)))
                .contains(certificate == ServerCertificate.ANOTHER_ORGANIZATION ? "991825827" : "984661185");
        chain.get(0).verify(chain.get(1).getPublicKey());
    }

    /** Returns the stack trace. The tests match messages of both TLS implementations, the JDK's and BoringSSL's. */
    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static RawClient client(SigningService service, String protocol, ClientCertificate certificate) {
        return RawClient.of(
                service,
                tls -> tls.protocols(protocol)
                        .keyManager(
                                certificate.privateKey(), certificate.chain().toArray(X509Certificate[]::new)));
    }
}
