package io.github.signaturereactive.signingservice;

import java.security.cert.X509Certificate;
import java.util.List;

/** The certificate the service shows its clients: the right one, and the wrong ones a client must refuse. */
public enum ServerCertificate {
    /**
     * As Posten's: an enterprise certificate of Posten Bring AS, organization number 984661185, from the service's own
     * authority, not issued for any host name.
     */
    POSTEN_BRING("984661185", "POSTEN BRING AS", false, false),

    /** Posten Bring's number, and issued for {@code localhost} and {@code 127.0.0.1} as well. */
    ISSUED_FOR_LOCALHOST("984661185", "POSTEN BRING AS", true, false),

    /** From the right authority, but of another organization (991825827), although issued for {@code localhost}. */
    ANOTHER_ORGANIZATION("991825827", "ANOTHER ORGANIZATION AS", true, false),

    /** Posten Bring's number, from an authority that the service's clients have no reason to trust. */
    UNKNOWN_AUTHORITY("984661185", "POSTEN BRING AS", false, false) {
        @Override
        CertificateAuthority issuer() {
            return CertificateAuthority.other();
        }
    },

    /** As {@link #POSTEN_BRING}, but expired since 1 January 2020. */
    EXPIRED("984661185", "POSTEN BRING AS", false, true);

    private final String organizationNumber;
    private final String organization;
    private final boolean issuedForLocalhost;
    private final boolean expired;

    ServerCertificate(String organizationNumber, String organization, boolean issuedForLocalhost, boolean expired) {
        this.organizationNumber = organizationNumber;
        this.organization = organization;
        this.issuedForLocalhost = issuedForLocalhost;
        this.expired = expired;
    }

    CertificateAuthority issuer() {
        return CertificateAuthority.trusted();
    }

    /** The chain to present, leaf first. */
    List<X509Certificate> chain() {
        List<String> hosts = issuedForLocalhost ? List.of("localhost", "127.0.0.1") : List.of();
        X509Certificate leaf = issuer().issueToServer(organizationNumber, organization, hosts, expired);
        return List.of(leaf, issuer().certificate());
    }
}
