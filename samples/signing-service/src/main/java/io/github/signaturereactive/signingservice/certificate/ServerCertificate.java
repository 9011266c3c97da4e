package io.github.signaturereactive.signingservice.certificate;

import java.security.cert.X509Certificate;
import java.util.List;

/** The certificate that the service presents to its clients: the right one, or a wrong one that clients must reject. */
public enum ServerCertificate {
    /**
     * A certificate like Posten's: an enterprise certificate of Posten Bring AS, organization number 984661185, issued
     * by the service's own authority and without a host name.
     */
    POSTEN_BRING("984661185", "POSTEN BRING AS", false, false),

    /** A certificate with Posten Bring's number that is also issued for {@code localhost} and {@code 127.0.0.1}. */
    ISSUED_FOR_LOCALHOST("984661185", "POSTEN BRING AS", true, false),

    /** A certificate of the right authority for another organization (991825827), issued for {@code localhost}. */
    ANOTHER_ORGANIZATION("991825827", "ANOTHER ORGANIZATION AS", true, false),

    /** A certificate with Posten Bring's number from an authority that clients do not trust. */
    UNKNOWN_AUTHORITY("984661185", "POSTEN BRING AS", false, false) {
        @Override
        CertificateAuthority issuer() {
            return CertificateAuthority.other();
        }
    },

    /** A certificate like {@link #POSTEN_BRING} that expired on 1 January 2020. */
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

    /** Returns the chain to present, leaf first. */
    public List<X509Certificate> chain() {
        List<String> hosts = issuedForLocalhost ? List.of("localhost", "127.0.0.1") : List.of();
        X509Certificate leaf = issuer().issueToServer(organizationNumber, organization, hosts, expired);
        return List.of(leaf, issuer().certificate());
    }
}
