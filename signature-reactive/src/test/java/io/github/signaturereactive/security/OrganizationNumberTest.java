package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=123456789 acb, O=MyCorp | 123456789",
                "CN=123456789, O=MyCorp | 123456789",
                "CN=123456789-MyCorp | 123456789",
                "OID.2.5.4.97=123456789, CN=MyCorp Fullname, O=MyCorp, C=NO | 123456789",
                "OID.2.5.4.97=NTRNO-100101688, CN=TESTVIRKSOMHET, O=TESTVIRKSOMHET, C=NO | 100101688",
                "OID.2.5.4.97=ntrno-100101688, CN=TESTVIRKSOMHET, C=NO | 100101688",
                "OID.2.5.4.5=988015814, CN=BRING AS, O=BRING AS, C=NO | 988015814",
                "CN=POSTEN NORGE AS, OU=\"Signering, test\", OID.2.5.4.5=984661185, C=NO | 984661185",
                "CN=984661185\\, Posten Norge AS, C=NO | 984661185",
                "CN=Posten + OID.2.5.4.97=NTRNO-984661185, C=NO | 984661185",
                "O=Posten + CN=Posten + OID.2.5.4.5=984661185, C=NO | 984661185",
            })
    void readsNumberFromAttributesOfIssuers(String subject, String expected) {
        assertThat(OrganizationNumber.in(new X500Principal(subject))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=111111111 Corp, OID.2.5.4.5=222222222, OID.2.5.4.97=NTRNO-333333333 | 333333333",
                "CN=111111111 Corp, OID.2.5.4.5=222222222, OID.2.5.4.97=NTRSE-333333333 | 222222222",
                "CN=111111111 Corp, OID.2.5.4.5=UN:NO-9578-4050-127091783 | 111111111",
                "OID.2.5.4.97=333333333 + OID.2.5.4.97=NTRNO-333333333, CN=Corp | 333333333",
            })
    void prefersOrganizationIdentifier(String subject, String expected) {
        assertThat(OrganizationNumber.in(new X500Principal(subject))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=MyCorp, O=MyCorp, C=NO",
                "C=NO",
                "CN=OID.2.5.4.97\\=984661185, O=Evil",
                "CN=\"OID.2.5.4.97=984661185\", O=Evil",
                "CN=\"Evil, OID.2.5.4.97=NTRNO-984661185, C=NO\"",
                "CN=Evil\\, OID.2.5.4.5\\=984661185, C=NO",
                "CN=Evil, O=\"CN=984661185 Posten\"",
                "CN=Evil, OU=984661185, O=984661185 Posten",
                "CN=Evil 984661185",
                "CN=9846611850 Evil",
                "CN=98466118",
                "OID.2.5.4.97=NTRNO-9846611850, CN=Evil",
                "OID.2.5.4.97=X984661185, CN=Evil",
                "OID.2.5.4.97=NTRSE-984661185, CN=Evil",
                "OID.2.5.4.5=984661185 Evil, CN=Evil",
                "OID.2.5.4.5=1984661185, CN=Evil",
                "OID.2.5.4.97=NTRNO-984661185 + OID.2.5.4.97=NTRNO-123456789, CN=Evil",
                "OID.2.5.4.5=123456789, O=Evil, OID.2.5.4.5=984661185",
                "OID.2.5.4.97.1=984661185, CN=Evil",
                "CN=\u0669\u0668\u0664\u0666\u0666\u0661\u0661\u0668\u0665",
            })
    void ignoresValuesInOtherFormsOrAttributes(String subject) {
        assertThat(OrganizationNumber.in(new X500Principal(subject))).isNull();
    }

    @Test
    void ignoresValuesThatAreNotStrings() {
        // An OCTET STRING of the nine digits.
        assertThat(OrganizationNumber.in(new X500Principal("2.5.4.97=#0409393834363631313835")))
                .isNull();
    }

    @Test
    void readsNumberFromMultiValuedRdn() throws IOException {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addMultiValuedRDN(
                        new ASN1ObjectIdentifier[] {BCStyle.CN, BCStyle.SERIALNUMBER},
                        new String[] {"serialNumber=111111111", "984661185"})
                .addRDN(BCStyle.C, "NO")
                .build();
        assertThat(OrganizationNumber.in(new X500Principal(name.getEncoded()))).isEqualTo("984661185");
    }
}
