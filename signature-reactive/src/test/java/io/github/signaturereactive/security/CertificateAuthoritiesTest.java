package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthoritiesTest {

    @Test
    void productionHasExpectedFingerprints() {
        assertThat(fingerprints(CertificateAuthorities.production()))
                .containsExactlyInAnyOrder(
                        "F8:C1:6C:6B:4F:D4:5C:B0",
                        "AB:93:6D:FD:7F:17:1D:3A",
                        "45:E0:58:31:CD:DA:C1:F2",
                        "0E:F5:CE:DC:E4:42:65:B1",
                        "ED:F7:EB:BC:A2:7A:2A:38",
                        "C4:9C:35:0E:5A:82:05:E0",
                        "5A:D1:A2:B5:DA:E0:CE:7D",
                        "31:8A:A9:9D:FB:E3:D5:CF");
    }

    @Test
    void testHasExpectedFingerprints() {
        assertThat(fingerprints(CertificateAuthorities.test()))
                .containsExactlyInAnyOrder(
                        "76:06:37:A0:F7:DA:3A:38",
                        "52:A0:9C:F1:45:87:D7:A5",
                        "2F:36:95:6B:EB:4D:E4:90",
                        "2C:9E:0E:C1:46:F1:48:ED",
                        "2A:84:75:82:4D:9B:A3:98",
                        "B7:61:AB:D7:A4:C4:78:B3",
                        "97:EA:39:02:9D:94:65:83",
                        "94:BB:0E:87:01:B6:17:94",
                        "3F:BA:0D:22:8C:BC:8D:79");
    }

    @Test
    void testAndProductionAreDisjoint() {
        assertThat(CertificateAuthorities.test().certificates())
                .doesNotContainAnyElementsOf(CertificateAuthorities.production().certificates());
    }

    @Test
    void allAreCertificateAuthoritiesAndValid() {
        assertThat(CertificateAuthorities.production()
                        .with(CertificateAuthorities.test().certificates())
                        .certificates())
                .hasSize(17)
                .allSatisfy(certificate -> {
                    assertThat(certificate.getBasicConstraints()).isNotNegative();
                    assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.now());
                });
    }

    @Test
    void addsTrustedCertificates() {
        X509Certificate own = TestCertificates.AUTHORITY.getCertificate();
        CertificateAuthorities pinned = CertificateAuthorities.test();
        assertThat(pinned.with(List.of(own, own)).certificates()).hasSize(10).contains(own);
        assertThat(pinned.certificates()).hasSize(9);
        assertThat(CertificateAuthorities.of(List.of(own)).certificates()).containsExactly(own);
    }

    private static List<String> fingerprints(CertificateAuthorities authorities) {
        return authorities.certificates().stream()
                .map(CertificateAuthoritiesTest::fingerprint)
                .toList();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest, 0, 8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
