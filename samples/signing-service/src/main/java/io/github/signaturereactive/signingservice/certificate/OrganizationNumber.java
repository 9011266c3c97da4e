package io.github.signaturereactive.signingservice.certificate;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Reads the organization number from the subject of an enterprise certificate, attribute by attribute. */
public final class OrganizationNumber {

    private static final Pattern IDENTIFIER = Pattern.compile("(?i)(?:NTRNO-)?([0-9]{9})");
    private static final Pattern SERIAL_NUMBER = Pattern.compile("([0-9]{9})");
    private static final Pattern COMMON_NAME = Pattern.compile("([0-9]{9})(?:[^0-9].*)?");

    private OrganizationNumber() {}

    /** Returns the organization number in the certificate, or empty if it has none. */
    public static Optional<String> of(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return Stream.of(
                        in(subject, BCStyle.ORGANIZATION_IDENTIFIER, IDENTIFIER),
                        in(subject, BCStyle.SERIALNUMBER, SERIAL_NUMBER),
                        in(subject, BCStyle.CN, COMMON_NAME))
                .flatMap(Function.identity())
                .findFirst();
    }

    private static Stream<String> in(X500Name subject, ASN1ObjectIdentifier attribute, Pattern pattern) {
        return Stream.of(subject.getRDNs(attribute))
                .flatMap(rdn -> Stream.of(rdn.getTypesAndValues()))
                .filter(typeAndValue -> typeAndValue.getType().equals(attribute))
                .map(typeAndValue -> pattern.matcher(IETFUtils.valueToString(typeAndValue.getValue())))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }
}
