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
 * The organization number in the subject of a Norwegian enterprise certificate. Attributes are compared one by one as
 * they are encoded, so that a value which merely looks like another attribute proves nothing.
 */
final class OrganizationNumber {

    /** Where issuers put the number, the most exact place first. */
    private static final List<Place> PLACES = List.of(
            new Place(BCStyle.ORGANIZATION_IDENTIFIER, Pattern.compile("(?:(?i:NTRNO)-)?([0-9]{9})")),
            new Place(BCStyle.SERIALNUMBER, Pattern.compile("([0-9]{9})")),
            new Place(BCStyle.CN, Pattern.compile("([0-9]{9})(?:[^0-9].*)?", Pattern.DOTALL)));

    private OrganizationNumber() {}

    /**
     * The nine digits from the organization identifier, else from the serial number attribute, else from the beginning
     * of the common name. Null if none has them, or if one of these attributes is there twice with different numbers.
     */
    static @Nullable String in(X500Principal subject) {
        X500Name name = X500Name.getInstance(subject.getEncoded());
        for (Place place : PLACES) {
            List<String> numbers = place.numbersIn(name);
            if (!numbers.isEmpty()) {
                return numbers.size() == 1 ? numbers.get(0) : null;
            }
        }
        return null;
    }

    private record Place(ASN1ObjectIdentifier attribute, Pattern form) {

        List<String> numbersIn(X500Name name) {
            return Stream.of(name.getRDNs())
                    .flatMap(rdn -> Stream.of(rdn.getTypesAndValues()))
                    .filter(typeAndValue -> attribute.equals(typeAndValue.getType()))
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
