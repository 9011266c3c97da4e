package io.github.signaturereactive.security;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * Describes certificates in messages. Names may come from the peer. They are limited in length, and characters that could forge log
 * lines are replaced.
 */
final class CertificateDescription {

    private static final int LONGEST_NAME = 400;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");
    private static final Map<String, String> KEYWORDS =
            Map.of("2.5.4.97", "organizationIdentifier", "2.5.4.5", "serialNumber", "1.2.840.113549.1.9.1", "email");

    private CertificateDescription() {}

    static String of(X509Certificate certificate) {
        return "subject '" + name(certificate.getSubjectX500Principal()) + "', issuer '"
                + name(certificate.getIssuerX500Principal()) + "', serial number "
                + certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT) + ", valid from "
                + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }

    static String name(X500Principal principal) {
        return printable(principal.getName(X500Principal.RFC2253, KEYWORDS));
    }

    /** Returns the common name (CN), or the distinguished name if it has no common name. */
    static String commonName(X500Principal principal) {
        RDN[] commonNames = X500Name.getInstance(principal.getEncoded()).getRDNs(BCStyle.CN);
        return commonNames.length == 0
                ? name(principal)
                : printable(IETFUtils.valueToString(commonNames[0].getFirst().getValue()));
    }

    private static String printable(String name) {
        String printable = UNPRINTABLE.matcher(name).replaceAll("?");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "...";
    }
}
