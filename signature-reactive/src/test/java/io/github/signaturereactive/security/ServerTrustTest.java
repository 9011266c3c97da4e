package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.signaturereactive.job.UntrustedServerException.Reason;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.math.BigInteger;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class ServerTrustTest {

    private static final X509Certificate ROOT = TestCertificates.AUTHORITY.getCertificate();

    private final ServerTrust trust = trust(ROOT);

    @Test
    void acceptsExpectedOrganizationOfTrustedAuthority() {
        assertThatCode(() -> check(trust, TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN)))
                .doesNotThrowAnyException();
    }

    @Test
    void doesNotVerifyHostName() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("api.example.com", 443);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        X509Certificate[] chain = chain(TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN));
        assertThatCode(() -> trust.checkServerTrusted(chain, "ECDHE_RSA", engine))
                .doesNotThrowAnyException();
        assertThatCode(() -> trust.checkServerTrusted(chain, "ECDHE_RSA", (Socket) null))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsChainToRoot() {
        X509Bundle issuing = TestCertificates.intermediate(TestCertificates.AUTHORITY, same -> same);
        X509Bundle server = TestCertificates.server(issuing, TestCertificates.POSTEN);
        assertThatCode(() -> trust.checkServerTrusted(
                        new X509Certificate[] {server.getCertificate(), issuing.getCertificate()}, "ECDHE_RSA"))
                .doesNotThrowAnyException();
        assertThatCode(() -> trust.checkServerTrusted(
                        new X509Certificate[] {server.getCertificate(), issuing.getCertificate(), ROOT}, "UNKNOWN"))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsServerCertificateOfTrustedIssuingAuthority() {
        X509Bundle issuing = TestCertificates.intermediate(TestCertificates.AUTHORITY, same -> same);
        X509Certificate server =
                TestCertificates.server(issuing, TestCertificates.POSTEN).getCertificate();
        assertThatCode(() ->
                        trust(issuing.getCertificate()).checkServerTrusted(new X509Certificate[] {server}, "ECDHE_RSA"))
                .doesNotThrowAnyException();
        assertThat(refusal(trust, server).reason()).isEqualTo(Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void acceptsTrustedCertificateAndNumberOfTestServer() {
        X509Bundle standIn = TestCertificates.server(
                TestCertificates.OTHER_AUTHORITY, "CN=Stand-in,OID.2.5.4.97=NTRNO-111111111,C=NO");
        var authorities = CertificateAuthorities.test().with(List.of(standIn.getCertificate()));
        assertThatCode(() -> check(new ServerTrust("STAND-IN", authorities, "111111111"), standIn))
                .doesNotThrowAnyException();
        assertThat(refusal(
                                new ServerTrust("STAND-IN", CertificateAuthorities.test(), "111111111"),
                                standIn.getCertificate())
                        .reason())
                .isEqualTo(Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void rejectsOtherOrganization() {
        X509Certificate other = TestCertificates.server(
                        TestCertificates.AUTHORITY, "CN=Other AS,OID.2.5.4.97=NTRNO-111111111,C=NO")
                .getCertificate();
        UntrustedCertificateException refusal = refusal(trust, other);
        assertThat(refusal.reason()).isEqualTo(Reason.WRONG_ORGANIZATION_NUMBER);
        assertThat(refusal)
                .hasMessageContaining("its certificate is issued to organization number 111111111")
                .hasMessageContaining("Expected in TESTING: organization number 984661185, authority 'Testing CA'")
                .hasMessageContaining("Presented: organization number 111111111")
                .hasMessageContaining("subject 'CN=Other AS,organizationIdentifier=NTRNO-111111111,C=NO'")
                .hasMessageContaining("issuer 'CN=Testing CA,C=NO'")
                .hasMessageContaining(other.getSerialNumber().toString(16).toUpperCase(Locale.ROOT))
                .hasMessageContaining("valid from " + other.getNotBefore().toInstant() + " to "
                        + other.getNotAfter().toInstant())
                .hasMessageContaining("the API and the web pages for signers have different addresses")
                .hasMessageContaining("proxy");
    }

    @Test
    void rejectsNumberWithinCommonName() {
        X509Certificate other = TestCertificates.server(
                        TestCertificates.AUTHORITY, "CN=\"Evil, OID.2.5.4.97=NTRNO-984661185\",C=NO")
                .getCertificate();
        UntrustedCertificateException refusal = refusal(trust, other);
        assertThat(refusal.reason()).isEqualTo(Reason.WRONG_ORGANIZATION_NUMBER);
        assertThat(refusal)
                .hasMessageContaining("has no organization number")
                .hasMessageContaining("Presented: organization number none");
    }

    @Test
    void rejectsOtherAuthority() {
        X509Certificate other = TestCertificates.server(TestCertificates.OTHER_AUTHORITY, TestCertificates.POSTEN)
                .getCertificate();
        UntrustedCertificateException refusal = refusal(trust, other);
        assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_AUTHORITY);
        assertThat(refusal)
                .hasMessageContaining("does not lead to a trusted authority")
                .hasMessageContaining("test and production have different authorities")
                .hasMessageContaining("issuer 'CN=Some Other CA,C=NO'")
                .hasMessageContaining("Expected in TESTING: organization number 984661185, authority 'Testing CA'");
    }

    @Test
    void rejectsAuthorityWithNameOfTrustedOne() throws Exception {
        X509Bundle impostor = new CertificateBuilder()
                .rsa2048()
                .subject("CN=Testing CA,C=NO")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = TestCertificates.server(impostor, TestCertificates.POSTEN);
        assertThat(refusal(trust, server.getCertificate(), impostor.getCertificate())
                        .reason())
                .isEqualTo(Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void rejectsIssuerThatIsNotAnAuthority() throws Exception {
        X509Bundle customer = TestCertificates.client();
        X509Certificate forged = signedBy(customer, TestCertificates.POSTEN);
        assertThat(refusal(trust, forged, customer.getCertificate()).reason()).isEqualTo(Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void trustsOnlyGivenAuthorities() {
        assertThat(trust.getAcceptedIssuers()).containsExactly(ROOT);
        X509Certificate server = TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN)
                .getCertificate();
        for (CertificateAuthorities pinned :
                List.of(CertificateAuthorities.production(), CertificateAuthorities.test())) {
            assertThat(refusal(new ServerTrust("PINNED", pinned, ServerTrust.POSTEN_BRING), server))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_AUTHORITY))
                    .hasMessageContaining("Buypass Class 3");
        }
    }

    @Test
    void rejectsExpiredAndNotYetValidCertificates() {
        X509Bundle expired =
                TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN, TestCertificates::expired);
        assertThat(refusal(trust, expired.getCertificate()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.EXPIRED))
                .hasMessageContaining("its certificate has expired (the current time is ")
                .hasMessageContaining("clock");
        X509Bundle early = TestCertificates.server(
                TestCertificates.AUTHORITY, TestCertificates.POSTEN, TestCertificates::notYetValid);
        assertThat(refusal(trust, early.getCertificate()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.EXPIRED))
                .hasMessageContaining("its certificate is not valid yet");
    }

    @Test
    void rejectsChainWithExpiredIssuer() {
        X509Bundle issuing = TestCertificates.intermediate(TestCertificates.AUTHORITY, TestCertificates::expired);
        X509Bundle server = TestCertificates.server(issuing, TestCertificates.POSTEN);
        assertThat(refusal(trust, server.getCertificate(), issuing.getCertificate()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.EXPIRED))
                .hasMessageContaining("a certificate of its chain has expired");
    }

    @Test
    void checksOrganizationThenValidityThenChain() {
        X509Bundle allWrong = TestCertificates.server(
                TestCertificates.OTHER_AUTHORITY, "CN=Other AS,C=NO", TestCertificates::expired);
        assertThat(refusal(trust, allWrong.getCertificate()).reason()).isEqualTo(Reason.WRONG_ORGANIZATION_NUMBER);
        X509Bundle twoWrong = TestCertificates.server(
                TestCertificates.OTHER_AUTHORITY, TestCertificates.POSTEN, TestCertificates::expired);
        assertThat(refusal(trust, twoWrong.getCertificate()).reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void escapesAndShortensNames() {
        X509Certificate hostile = TestCertificates.server(
                        TestCertificates.AUTHORITY, "CN=\"Evil\r\nWARN all is well " + "x".repeat(1000) + "\",C=NO")
                .getCertificate();
        assertThat(refusal(trust, hostile).getMessage())
                .contains("Evil??WARN all is well xxx")
                .contains("xxx...'")
                .doesNotContain("\n")
                .hasSizeLessThan(1500);
    }

    @Test
    void rejectsClients() {
        X509Certificate[] chain = chain(TestCertificates.client());
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "RSA")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "RSA", (Socket) null))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "RSA", (SSLEngine) null))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void rejectsMissingAuthoritiesAndInvalidNumber() {
        var none = CertificateAuthorities.of(List.of());
        assertThatThrownBy(() -> new ServerTrust("TESTING", none, ServerTrust.POSTEN_BRING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be empty");
        var some = CertificateAuthorities.of(List.of(ROOT));
        assertThatThrownBy(() -> new ServerTrust("TESTING", some, "98466118"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("organization number of the server must be nine digits");
    }

    private static ServerTrust trust(X509Certificate... authorities) {
        return new ServerTrust("TESTING", CertificateAuthorities.of(List.of(authorities)), ServerTrust.POSTEN_BRING);
    }

    private static void check(ServerTrust trust, X509Bundle server) throws CertificateException {
        trust.checkServerTrusted(chain(server), "ECDHE_RSA");
    }

    private static UntrustedCertificateException refusal(ServerTrust trust, X509Certificate... chain) {
        return catchThrowableOfType(
                UntrustedCertificateException.class, () -> trust.checkServerTrusted(chain, "ECDHE_RSA"));
    }

    private static X509Certificate[] chain(X509Bundle bundle) {
        return bundle.getCertificatePath();
    }

    /** Creates a certificate that is signed with the key of a certificate that is not an authority. */
    private static X509Certificate signedBy(X509Bundle customer, String subject) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                customer.getCertificate(),
                BigInteger.TWO,
                Date.from(TestCertificates.inDays(-1)),
                Date.from(TestCertificates.inDays(1)),
                new X500Principal(subject),
                TestCertificates.SERVER_KEY.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withRSA")
                .build(customer.getKeyPair().getPrivate());
        return X509.certificate(builder.build(signer).getEncoded());
    }
}
