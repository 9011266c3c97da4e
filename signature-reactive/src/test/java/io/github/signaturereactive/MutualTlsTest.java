package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.UntrustedServerException;
import io.github.signaturereactive.job.UntrustedServerException.Reason;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.certificate.ServerCertificate;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** Who trusts whom, for every kind of call and both versions of TLS. */
class MutualTlsTest {

    private static final String ORGANIZATION = SigningService.DEFAULT_ORGANIZATION;

    private SigningService service;
    private SignatureClient client;

    @AfterEach
    void stop() {
        if (client != null) {
            StepVerifier.create(client.disposeLater()).verifyComplete();
        }
        service.close();
    }

    /** The versions of TLS that the API may speak. */
    enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String protocol;

        Version(String protocol) {
            this.protocol = protocol;
        }
    }

    /** Whatever goes to the service. */
    enum Call {
        WHO_AM_I {
            @Override
            Publisher<?> to(SignatureClient client, URI serviceUrl) {
                return client.whoAmI();
            }
        },
        CREATE {
            @Override
            Publisher<?> to(SignatureClient client, URI serviceUrl) {
                return client.portal().create(job());
            }
        },
        DOWNLOAD {
            @Override
            Publisher<?> to(SignatureClient client, URI serviceUrl) {
                var url = URI.create(serviceUrl + "/" + ORGANIZATION + "/portal/signature-jobs/1/pades");
                return client.portal().getPAdES(PAdESReference.of(url)).content();
            }
        };

        abstract Publisher<?> to(SignatureClient client, URI serviceUrl);

        /** What the message begins with. */
        String request() {
            return this == CREATE ? "POST /api/" + ORGANIZATION : "GET /api/" + ORGANIZATION;
        }
    }

    static Stream<Arguments> versionsAndCalls() {
        return Stream.of(Version.values())
                .flatMap(version -> Stream.of(Call.values()).map(call -> Arguments.of(version, call)));
    }

    static Stream<Arguments> versionsAndRightCertificates() {
        return Stream.of(Version.values())
                .flatMap(version -> Stream.of(ServerCertificate.POSTEN_BRING, ServerCertificate.ISSUED_FOR_LOCALHOST)
                        .map(certificate -> Arguments.of(version, certificate)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndRightCertificates")
    void theRightServerIsTrustedWhateverHostNameItsCertificateIsFor(Version version, ServerCertificate certificate) {
        start(version, certificate);
        client = SignatureClient.create(TestOrganization.configuration(service).build());

        StepVerifier.create(client.whoAmI())
                .expectNext("You are " + ORGANIZATION)
                .verifyComplete();
        StepVerifier.create(client.portal().create(job())).expectNextCount(1).verifyComplete();
    }

    @ParameterizedTest
    @MethodSource("versionsAndCalls")
    void aServerOfAnotherOrganizationIsNotTrusted(Version version, Call call) {
        start(version, ServerCertificate.ANOTHER_ORGANIZATION);

        isNotTrusted(
                call,
                Reason.WRONG_ORGANIZATION_NUMBER,
                "organization number 984661185",
                "Presented: organization number 991825827",
                "ANOTHER ORGANIZATION AS");
    }

    @ParameterizedTest
    @MethodSource("versionsAndCalls")
    void aServerWithACertificateOfAnUnknownAuthorityIsNotTrusted(Version version, Call call) {
        start(version, ServerCertificate.UNKNOWN_AUTHORITY);

        isNotTrusted(
                call,
                Reason.UNKNOWN_AUTHORITY,
                "does not lead to a trusted authority",
                "Presented: organization number 984661185",
                "POSTEN BRING AS");
    }

    @ParameterizedTest
    @MethodSource("versionsAndCalls")
    void aServerWithAnExpiredCertificateIsNotTrusted(Version version, Call call) {
        start(version, ServerCertificate.EXPIRED);

        isNotTrusted(
                call,
                Reason.EXPIRED,
                "its certificate has expired",
                "Presented: organization number 984661185",
                "to 2020-01-01T");
    }

    private void isNotTrusted(Call call, Reason reason, String... messages) {
        client = SignatureClient.create(TestOrganization.configuration(service).build());

        StepVerifier.create(call.to(client, service.url()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UntrustedServerException.class,
                                untrusted -> assertThat(untrusted.reason()).isEqualTo(reason))
                        .message()
                        .startsWith(call.request())
                        .contains(messages))
                .verify();

        assertThat(service.observations().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versionsAndCalls")
    void anExpiredClientCertificateIsNamedWhenItIsRefused(Version version, Call call) {
        start(version, ServerCertificate.POSTEN_BRING);

        isRejected(call, service.issueExpiredClientCertificate(ORGANIZATION), "This certificate has expired");
    }

    @ParameterizedTest
    @MethodSource("versionsAndCalls")
    void aClientCertificateOfAnUnknownAuthorityIsNamedWhenItIsRefused(Version version, Call call) {
        start(version, ServerCertificate.POSTEN_BRING);

        isRejected(call, service.issueUnknownClientCertificate(ORGANIZATION), "The environment is difitest");
    }

    private void isRejected(Call call, ClientCertificate certificate, String message) {
        client = SignatureClient.create(
                TestOrganization.configuration(service, certificate).build());
        var offered = certificate.certificate();

        StepVerifier.create(call.to(client, service.url()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CertificateRejectedException.class)
                        .message()
                        .startsWith(call.request())
                        .contains(
                                "rejected the client certificate",
                                ORGANIZATION,
                                "valid from " + offered.getNotBefore().toInstant() + " to "
                                        + offered.getNotAfter().toInstant(),
                                message))
                .verify();

        assertThat(service.observations().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versionsAndCalls")
    void anAuthorityOfTheTestEnvironmentIsNoneOfTheProductionEnvironment(Version version, Call call) {
        start(version, ServerCertificate.POSTEN_BRING);
        client = SignatureClient.create(TestOrganization.configuration(service)
                .environment(ServiceEnvironment.PRODUCTION.withServiceUrl(service.url()))
                .build());

        StepVerifier.create(call.to(client, service.url()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UntrustedServerException.class,
                                untrusted -> assertThat(untrusted.reason()).isEqualTo(Reason.UNKNOWN_AUTHORITY))
                        .hasMessageContaining("Expected in production"))
                .verify();
    }

    private void start(Version version, ServerCertificate certificate) {
        service = SigningService.builder()
                .protocols(version.protocol)
                .serverCertificate(certificate)
                .start();
    }

    private static PortalJob job() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", TestPdf.ofPages(1))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }
}
