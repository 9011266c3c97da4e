package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.job.UntrustedServerException;
import io.github.signaturereactive.job.UntrustedServerException.Reason;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.api.Observations.ReceivedRequest;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.certificate.ServerCertificate;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Access tokens with a service that verifies them: whole jobs, tokens that end, and who trusts whom. */
class AccessTokensFlowTest {

    private final SigningService service = SigningService.builder()
            .accessTokens()
            .pollInterval(Duration.ofMillis(50))
            .serverCertificate(ServerCertificate.ISSUED_FOR_LOCALHOST)
            .start();
    private final List<SignatureClient> clients = new ArrayList<>();

    AccessTokensFlowTest() {
        service.accessTokens().register("client", "broker", service.clientCertificate());
    }

    @AfterEach
    void stop() {
        clients.forEach(client -> StepVerifier.create(client.disposeLater()).verifyComplete());
        service.close();
    }

    @Test
    void aPortalJobGoesAllTheWayWithoutTheCertificateBeingShownToTheService() {
        var client = client();

        PortalJobResponse created = client.portal().create(portalJob()).block(Duration.ofSeconds(30));
        service.jobs().signAll(created.signatureJobId());
        StepVerifier.create(client.portal()
                        .statusChanges(TestOrganization.SENDER)
                        .confirmAfter(change -> client.portal()
                                .getPAdES(change.pAdESUrl())
                                .toByteArray(1 << 22)
                                .doOnNext(pdf -> assertThat(pdf).startsWith('%', 'P', 'D', 'F')))
                        .filter(change -> change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY))
                        .take(1))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(service.observations().tokenRequests()).hasSize(1);
        onlyTokensWereShown();
        assertThat(operations()).contains(Operation.CREATE, Operation.POLL, Operation.PADES, Operation.CONFIRM);
    }

    @Test
    void aDirectJobGoesAllTheWayWithoutTheCertificateBeingShownToTheService() {
        var direct = client().direct();

        DirectJobResponse created = direct.create(directJob()).block(Duration.ofSeconds(30));
        var exit = service.jobs().completeSession(created.signatureJobId(), SignerSelector.at(0), SignerStatus.SIGNED);
        String token = exit.getQuery().replaceFirst(".*status_query_token=", "");
        DirectJobStatusResponse status = direct.getStatus(
                        StatusReference.of(created).withStatusQueryToken(token))
                .block(Duration.ofSeconds(30));
        assertThat(status.status()).isEqualTo(DirectJobStatus.COMPLETED_SUCCESSFULLY);
        StepVerifier.create(direct.getPAdES(status.pAdESUrl()).toByteArray(1 << 22))
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(direct.confirm(status)).verifyComplete();

        assertThat(service.observations().tokenRequests()).hasSize(1);
        onlyTokensWereShown();
    }

    @Test
    void aPollerOutlivesItsTokens() {
        var client = client();
        List<Long> jobs = ServiceJobs.create(client, 3, 1);
        List<Long> confirmed = new ArrayList<>();

        service.jobs().signAll(jobs.get(0));
        StepVerifier.create(client.portal()
                        .statusChanges(TestOrganization.SENDER)
                        .confirmAfter(change -> Mono.empty())
                        .map(PortalJobStatusChanged::signatureJobId)
                        .doOnNext(id -> {
                            confirmed.add(id);
                            service.accessTokens().revokeAll();
                            if (confirmed.size() < 3) {
                                service.jobs().signAll(jobs.get(confirmed.size()));
                            }
                        })
                        .take(3))
                .expectNextCount(3)
                .verifyComplete();

        assertThat(confirmed).containsExactlyElementsOf(jobs);
        assertThat(service.observations().tokenRequests()).hasSizeGreaterThanOrEqualTo(3);
        onlyTokensWereShown();
    }

    @Test
    void aPollerWaitsForATokenEndpointInTroubleAndEndsWithOneThatRefuses() {
        var client = client();
        List<Long> jobs = ServiceJobs.create(client, 1, 1);
        service.jobs().signAll(jobs.get(0));
        service.accessTokens().revokeAll();
        service.accessTokens().answerNext(503, "text/html", "<html>later</html>");

        StepVerifier.create(client.portal()
                        .statusChanges(TestOrganization.SENDER)
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
                        .confirmAfter(change -> Mono.empty())
                        .map(PortalJobStatusChanged::signatureJobId)
                        .doOnNext(id -> {
                            service.accessTokens().unregister("client");
                            service.accessTokens().revokeAll();
                        }))
                .expectNext(jobs.get(0))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                AccessTokenException.class,
                                refused -> assertThat(refused.errorCode()).isEqualTo("invalid_client"))
                        .hasMessageContaining("a new certificate has a new client id"))
                .verify(Duration.ofSeconds(60));
    }

    @Test
    void aJobWhoseTokenIsRefusedIsCreatedOnce() {
        var client = client();
        StepVerifier.create(client.whoAmI()).expectNext("You are 123456789").verifyComplete();
        service.accessTokens().revokeAll();

        StepVerifier.create(client.portal().create(portalJob()))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(service.jobs().all()).hasSize(1);
        assertThat(service.observations().completeRequests(Operation.CREATE)).isEqualTo(2);
        assertThat(service.observations().tokenRequests()).hasSize(2);
    }

    @Test
    void certificateAndClientIdAreReplacedTogether() {
        var client = client();
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
        ClientCertificate renewed = service.issueClientCertificate(TestOrganization.NUMBER);
        service.accessTokens().register("renewed", "broker", renewed);
        service.accessTokens().unregister("client");

        client.replaceCertificate(certificate(renewed), "renewed");
        StepVerifier.create(client.portal().create(portalJob()))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(service.observations().tokenRequests()).hasSize(2);
        var request = service.observations().tokenRequests().get(1);
        assertThat(request.certificate()).isEqualTo(renewed.certificate());
        assertThat(request.body()).contains("client_id=renewed&");
        assertThat(authorizations()).doesNotHaveDuplicates();
        onlyTokensWereShown();
    }

    @Test
    void eachWayToReplaceACertificateBelongsToOneWayToTellWhoWeAre() {
        var withTokens = client();
        var without = client(any -> TestOrganization.configuration(service));
        OrganizationCertificate certificate = certificate(service.clientCertificate());

        assertThatThrownBy(() -> withTokens.replaceCertificate(certificate))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clientId");
        assertThatThrownBy(() -> without.replaceCertificate(certificate, "client"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no client id");
        assertThatThrownBy(() -> withTokens.replaceCertificate(certificate, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientId");
    }

    @Test
    void anotherCertificateThanTheRegisteredOneGetsNoToken() {
        var client = client(
                any -> TestOrganization.configuration(service, service.issueClientCertificate(TestOrganization.NUMBER))
                        .environment(environment())
                        .accessTokens("client", "broker"));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(AccessTokenException.class, refused -> {
                            assertThat(refused.httpStatus()).isEqualTo(401);
                            assertThat(refused.errorCode()).isEqualTo("invalid_client");
                        })
                        .hasMessageContaining("POST " + service.accessTokens().tokenEndpoint()))
                .verify();
        assertThat(service.observations().requests()).isEmpty();
    }

    @Test
    void aCertificateThatTheTokenEndpointDistrustsIsNamed() {
        var client = client(any -> TestOrganization.configuration(
                        service, service.issueUnknownClientCertificate(TestOrganization.NUMBER))
                .environment(environment())
                .accessTokens("client", "broker"));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CertificateRejectedException.class)
                        .hasMessageContaining("/oauth2/token")
                        .hasMessageContaining("rejected the client certificate"))
                .verify();
    }

    @Test
    void theServicesAuthorityIsNoneOfTheTokenEndpoint() {
        // The API itself, which has a certificate for the right host name, from the authority that is pinned for the
        // API.
        URI api = URI.create("https://localhost:" + service.url().getPort() + "/oauth2/token");

        isNotTrusted(environment().withTokenEndpoint(api), Reason.UNKNOWN_AUTHORITY);
        isNotTrusted(
                environment()
                        .withTokenEndpoint(api, List.of(service.accessTokens().certificateAuthority())),
                Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void theTokenEndpointHasToBeTheHostThatWasAskedFor() {
        URI byAddress = URI.create(
                "https://127.0.0.1:" + service.accessTokens().tokenEndpoint().getPort() + "/oauth2/token");

        isNotTrusted(
                environment()
                        .withTokenEndpoint(
                                byAddress, List.of(service.accessTokens().certificateAuthority())),
                Reason.WRONG_HOST_NAME);
    }

    @Test
    void withoutItsAuthorityAStandInOfTheTokenEndpointIsNotTrusted() {
        isNotTrusted(environment().withTokenEndpoint(service.accessTokens().tokenEndpoint()), Reason.UNKNOWN_AUTHORITY);
    }

    private void isNotTrusted(ServiceEnvironment environment, Reason reason) {
        var client = client(configuration -> configuration.environment(environment));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UntrustedServerException.class,
                                untrusted -> assertThat(untrusted.reason()).isEqualTo(reason))
                        .hasMessageContaining("/oauth2/token"))
                .verify();
        assertThat(service.observations().tokenRequests()).isEmpty();
        assertThat(service.observations().requests()).isEmpty();
    }

    @Test
    void theTokenEndpointsAuthorityIsNoneOfTheService() {
        try (var disguised = SigningService.builder()
                .serverCertificate(ServerCertificate.ISSUED_FOR_LOCALHOST)
                .accessTokens()
                .start()) {
            disguised.accessTokens().register("client", "broker", disguised.clientCertificate());
            var client = client(any -> TestOrganization.configuration(disguised)
                    .environment(ServiceEnvironment.DIFITEST
                            .withServiceUrl(disguised.url())
                            .withTokenEndpoint(
                                    disguised.accessTokens().tokenEndpoint(),
                                    List.of(
                                            disguised.accessTokens().certificateAuthority(),
                                            disguised.certificateAuthority())))
                    .accessTokens("client", "broker"));

            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    UntrustedServerException.class,
                                    untrusted -> assertThat(untrusted.reason()).isEqualTo(Reason.UNKNOWN_AUTHORITY))
                            .hasMessageStartingWith("GET /api/123456789"))
                    .verify();
            assertThat(disguised.observations().tokenRequests()).hasSize(1);
            assertThat(disguised.observations().requests()).isEmpty();
        }
    }

    @Test
    void aServiceThatRefusesEveryTokenIsAskedTwice() {
        var client = client();
        service.faults().always(Operation.WHO_AM_I, Fault.status(401));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                refused -> assertThat(refused.httpStatus()).isEqualTo(401))
                        .hasMessageContaining("also rejected a new access token"))
                .verify();

        assertThat(service.observations().startedRequests(Operation.WHO_AM_I)).isEqualTo(2);
        assertThat(authorizations()).hasSize(2).doesNotHaveDuplicates();
    }

    private void onlyTokensWereShown() {
        assertThat(service.observations().requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.clientCertificate()).isNull();
            assertThat(request.headers().get("authorization")).startsWith("Bearer ");
        });
    }

    private List<String> authorizations() {
        return service.observations().requests().stream()
                .map(request -> request.headers().get("authorization"))
                .toList();
    }

    private Set<Operation> operations() {
        return service.observations().requests().stream()
                .map(ReceivedRequest::operation)
                .collect(Collectors.toSet());
    }

    private ServiceEnvironment environment() {
        return ServiceEnvironment.DIFITEST
                .withServiceUrl(service.url())
                .withTrusted(service.certificateAuthority())
                .withTokenEndpoint(
                        service.accessTokens().tokenEndpoint(),
                        List.of(service.accessTokens().certificateAuthority()));
    }

    private SignatureClient client() {
        return client(configuration -> configuration);
    }

    private SignatureClient client(UnaryOperator<ClientConfiguration.Builder> change) {
        var client = SignatureClient.create(change.apply(TestOrganization.configuration(service)
                        .environment(environment())
                        .unlimitedCalls()
                        .accessTokens("client", "broker"))
                .build());
        clients.add(client);
        return client;
    }

    private static OrganizationCertificate certificate(ClientCertificate certificate) {
        return OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password());
    }

    private static PortalJob portalJob() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", TestPdf.ofPages(1))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }

    private static DirectJob directJob() {
        return DirectJob.builder(
                        "Title",
                        DirectDocument.builder("Document", TestPdf.ofPages(1)).build(),
                        DirectSigner.withPersonalIdentificationNumber("12345678910")
                                .build(),
                        ExitUrls.singleExitUrl(URI.create("https://sender.example/")))
                .build();
    }
}
