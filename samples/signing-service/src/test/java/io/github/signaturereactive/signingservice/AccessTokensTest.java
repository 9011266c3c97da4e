package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/** The token endpoint, and the API with access tokens. */
class AccessTokensTest {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([\\w-]+)\"");

    private final SetClock clock = SetClock.now();
    private final SigningService service =
            SigningService.builder().accessTokens().clock(clock).start();

    AccessTokensTest() {
        service.accessTokens().register("client", "broker", service.clientCertificate());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private record Answered(int status, String body) {}

    @Test
    void aRegisteredClientGetsATokenThatLetsItActAsItsOrganizationWithoutACertificate() {
        Answered answered = ask(service.clientCertificate(), form());

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.body()).contains("\"token_type\":\"Bearer\"", "\"expires_in\":3600");
        assertThat(whoAmI(token(answered))).isEqualTo(new Answered(200, "You are 123456789"));
        assertThat(service.observations().requests())
                .singleElement()
                .satisfies(request -> assertThat(request.clientCertificate()).isNull());
        assertThat(service.observations().tokenRequests())
                .singleElement()
                .satisfies(request -> assertThat(request.certificate())
                        .isEqualTo(service.clientCertificate().certificate()));
    }

    @Test
    void withoutATokenAndWithoutACertificateNobodyIsServed() {
        assertThat(whoAmI("").status()).isEqualTo(401);
    }

    @Test
    void aCertificateDoesWithoutAToken() {
        assertThat(RawClient.of(service).get("/123456789").status()).isEqualTo(200);
    }

    @Test
    void tokensExpire() {
        service.accessTokens().lifetime(Duration.ofMinutes(1));
        String token = token(ask(service.clientCertificate(), form()));

        clock.advance(Duration.ofSeconds(59));
        assertThat(whoAmI(token).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(whoAmI(token).status()).isEqualTo(401);
    }

    @Test
    void revokedTokensAreRefused() {
        String token = token(ask(service.clientCertificate(), form()));

        service.accessTokens().revokeAll();

        assertThat(whoAmI(token).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=client_credentials, grant_type=password, 400, unsupported_grant_type",
        "client_id=client, client_id=another, 401, invalid_client",
        "scope=signering%3Abroker, scope=signering%3Aanother, 400, invalid_scope",
        "scope=signering%3Abroker, scope=signering, 400, invalid_scope",
        "&resource=, &resource=https://elsewhere&unknown=, 400, invalid_target",
        "&resource=, &unknown=, 400, invalid_request",
        "grant_type=client_credentials, grant_type=client_credentials&scope=twice, 400, invalid_request"
    })
    void whatIsWrongIsSaidAsOAuthHasIt(String right, String wrong, int status, String error) {
        Answered answered = ask(service.clientCertificate(), form().replace(right, wrong));

        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.body()).contains("\"error\":\"" + error + "\"");
    }

    @Test
    void aResourceWithASlashAtItsEndIsAnother() {
        assertThat(ask(service.clientCertificate(), form() + "/").body()).contains("invalid_target");
    }

    @Test
    void anotherCertificateOfTheSameOrganizationIsAnotherClient() {
        assertThat(ask(service.issueClientCertificate("123456789"), form()).body())
                .contains("invalid_client");
    }

    @Test
    void certificateWithoutOrganizationActsAsTheRegisteredOne() {
        ClientCertificate certificate = service.issueClientCertificateWithoutOrganization();
        assertThat(certificate.organizationNumber()).isEmpty();
        service.accessTokens().register("client", "broker", "123456789", certificate);
        String token = token(ask(certificate, form()));

        assertThat(whoAmI(token)).isEqualTo(new Answered(200, "You are 123456789"));
        assertThat(create(token, certificate).status()).isEqualTo(200);
    }

    @Test
    void certificateWithoutOrganizationNeedsAToken() {
        ClientCertificate certificate = service.issueClientCertificateWithoutOrganization();

        assertThat(RawClient.of(service, certificate).get("/123456789").errorCode())
                .isEqualTo("NOT_AUTHORIZED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.accessTokens().register("client", "broker", certificate))
                .withMessageContaining("has no organization number");
    }

    @Test
    void bundleIsSignedWithTheRegisteredCertificate() {
        String token = token(ask(service.clientCertificate(), form()));

        assertThat(create(token, service.issueClientCertificate("123456789")).body())
                .contains("not signed with the certificate that the client is registered with");
        assertThat(create(token, service.clientCertificate()).status()).isEqualTo(200);
    }

    private Answered create(String token, ClientCertificate signer) {
        byte[] body = RawClient.multipart(
                RawClient.Part.xml(RawClient.REQUEST),
                RawClient.Part.bundle(TestBundle.by(signer, clock.instant()).zip()));
        return send(http(SslContextBuilder.forClient()
                        .trustManager(service.certificateAuthority())
                        .endpointIdentificationAlgorithm(null))
                .headers(headers -> headers.set("Authorization", "Bearer " + token)
                        .set("Content-Type", "multipart/mixed; boundary=frontier"))
                .post()
                .uri(service.url() + "/123456789/portal/signature-jobs")
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))));
    }

    @Test
    void plannedAnswersComeFirst() {
        service.accessTokens().answerNext(503, "text/plain", "later");

        assertThat(ask(service.clientCertificate(), form())).isEqualTo(new Answered(503, "later"));
        assertThat(ask(service.clientCertificate(), form()).status()).isEqualTo(200);
    }

    @Test
    void theEndpointDemandsACertificate() {
        assertThatThrownBy(() -> ask(null, form())).isInstanceOf(RuntimeException.class);
        assertThat(service.observations().tokenRequests()).isEmpty();
    }

    @Test
    void withoutBeingAskedForThereAreNoTokens() {
        try (SigningService ordinary = SigningService.start()) {
            assertThatIllegalStateException().isThrownBy(ordinary::accessTokens);
        }
    }

    private String form() {
        String api = service.url().toString();
        return "grant_type=client_credentials&client_id=client&scope=signering%3Abroker&resource="
                + api.substring(0, api.length() - "/api".length());
    }

    /** Trusts only the authority of the endpoint and verifies the host name, as a browser does. */
    private Answered ask(@Nullable ClientCertificate certificate, String form) {
        SslContextBuilder tls = SslContextBuilder.forClient()
                .trustManager(service.accessTokens().certificateAuthority());
        if (certificate != null) {
            tls.keyManager(certificate.privateKey(), certificate.chain().toArray(X509Certificate[]::new));
        }
        return send(http(tls)
                .headers(headers -> headers.set("Content-Type", "application/x-www-form-urlencoded"))
                .post()
                .uri(service.accessTokens().tokenEndpoint())
                .send(ByteBufMono.fromString(Mono.just(form))));
    }

    private static String token(Answered answered) {
        Matcher matcher = TOKEN.matcher(answered.body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private Answered whoAmI(String token) {
        return send(http(SslContextBuilder.forClient()
                        .trustManager(service.certificateAuthority())
                        .endpointIdentificationAlgorithm(null))
                .headers(headers -> {
                    if (!token.isEmpty()) {
                        headers.set("Authorization", "Bearer " + token);
                    }
                })
                .get()
                .uri(service.url() + "/123456789"));
    }

    private static HttpClient http(SslContextBuilder tls) {
        try {
            SslContext context = tls.build();
            return HttpClient.create(ConnectionProvider.newConnection())
                    .secure(SslProvider.builder().sslContext(context).build());
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answered send(HttpClient.ResponseReceiver<?> receiver) {
        return receiver.responseSingle((response, content) -> content.asString(UTF_8)
                        .defaultIfEmpty("")
                        .map(text -> new Answered(response.status().code(), text)))
                .block();
    }
}
