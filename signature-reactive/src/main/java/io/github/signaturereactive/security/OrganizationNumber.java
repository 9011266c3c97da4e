package io.github.signaturereactive.security;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * Finds the organization number in the subject of a Norwegian enterprise certificate. The number is in {@code organizationIdentifier}
 * (SEID 2), in {@code serialNumber} (SEID 1) or at the start of the common name.
 *
 * <p>The encoded attributes are compared, not the distinguished name as text. An attribute value that has the form of another attribute
 * is therefore not found.
 */
final class OrganizationNumber {

    /** The attributes that may have the number, in order of precedence. */
    private static final List<Attribute> ATTRIBUTES = List.of(
            new Attribute(BCStyle.ORGANIZATION_IDENTIFIER, Pattern.compile("(?:(?i:NTRNO)-)?([0-9]{9})")),
            new Attribute(BCStyle.SERIALNUMBER, Pattern.compile("([0-9]{9})")),
            new Attribute(BCStyle.CN, Pattern.compile("([0-9]{9})(?:[^0-9].*)?", Pattern.DOTALL)));

    private OrganizationNumber() {}

    /**
     * Returns the nine digits of the first attribute that has an organization number. Returns null if no attribute has one, or if this
     * attribute occurs with different numbers.
     */
    static @Nullable String in(X500Principal subject) {
        X500Name name = X500Name.getInstance(subject.getEncoded());
        for (Attribute attribute : ATTRIBUTES) {
            List<String> numbers = attribute.numbersIn(name);
            if (!numbers.isEmpty()) {
                return numbers.size() == 1 ? numbers.get(0) : null;
            }
        }
        return null;
    }

    private record Attribute(ASN1ObjectIdentifier type, Pattern form) {

        List<String> numbersIn(X500Name name) {
            return Stream.of(name.getRDNs())
                    .flatMap(rdn -> Stream.of(rdn.getTypesAndValues()))
                    .filter(typeAndValue -> type.equals(typeAndValue.getType()))
                    .map(AttributeTypeAndValue::getValue)
                    .flatMap(this::numberIn)
                    .distinct()
                    .toList();
        }

        private Stream<String> numberIn(ASN1Encodable value) {
            if (value instanceof ASN1String text) {
                Matcher matcher = form.matcher(text.getString());
                return matcher.matches() ? Stream.of(matcher.group(1)) : Stream.empty();
            }
            return Stream.empty();
        }
    }
}
