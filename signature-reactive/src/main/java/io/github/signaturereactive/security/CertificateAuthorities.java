package io.github.signaturereactive.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * An immutable set of certificate authorities that may issue the service's server certificate.
 *
 * <p>The sets for test and production are disjoint. They do not include the certificate authorities of the Java runtime.
 *
 * <p>The certificates are resources of {@code no.digipost:certificate-validator}. The sets have issuing authorities as well as roots,
 * because a server may omit issuing authorities from its chain. The sets do not have the expired authorities of Commfides, which are
 * those before G3, and the production root of Digipost, which the service does not use.
 */
public final class CertificateAuthorities {

    private static final List<String> PRODUCTION = List.of(
            "BPCl3RootCaG2ST.cer",
            "BPCl3RootCaG2HT.cer",
            "BPCl3CaG2STBS.cer",
            "BPCl3CaG2HTBS.cer",
            "BPClass3RootCA.cer",
            "BPClass3CA3.cer",
            "CommfidesRootCA-G3.cer",
            "CommfidesLegalPersonCA-G3.cer");

    private static final List<String> TEST = List.of(
            "BPCl3RootCaG2ST.cer",
            "BPCl3RootCaG2HT.cer",
            "BPCl3CaG2STBS.cer",
            "BPCl3CaG2HTBS.cer",
            "Buypass_Class_3_Test4_Root_CA.cer",
            "Buypass_Class_3_Test4_CA_3.cer",
            "CommfidesRootCA-G3-TEST.cer",
            "CommfidesLegalPersonCA-G3-TEST.cer",
            "digipost_test_root_ca.cert.pem");

    private final List<X509Certificate> certificates;

    private CertificateAuthorities(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * Returns the authorities for the production environment. Reads them from the class path.
     *
     * @return Buypass and Commfides
     */
    public static CertificateAuthorities production() {
        return read("/certificates/prod/", PRODUCTION);
    }

    /**
     * Returns the authorities for the test environments. Reads them from the class path.
     *
     * @return the test authorities of Buypass, Commfides and Digipost
     */
    public static CertificateAuthorities test() {
        return read("/certificates/test/", TEST);
    }

    /**
     * Returns only the given authorities.
     *
     * @param certificates the certificates of the authorities
     * @return the authorities
     */
    public static CertificateAuthorities of(Collection<X509Certificate> certificates) {
        return new CertificateAuthorities(List.copyOf(certificates));
    }

    /**
     * Returns a copy with further trusted certificates.
     *
     * @param trusted certificates of authorities, or server certificates
     * @return these authorities and the given ones
     */
    public CertificateAuthorities with(Collection<X509Certificate> trusted) {
        return new CertificateAuthorities(Stream.concat(certificates.stream(), trusted.stream())
                .distinct()
                .toList());
    }

    /**
     * Returns the certificates of the authorities.
     *
     * @return the certificates, unmodifiable
     */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    private static CertificateAuthorities read(String folder, List<String> files) {
        return of(files.stream().map(file -> read(folder + file)).toList());
    }

    private static X509Certificate read(String resource) {
        try (InputStream file = CertificateAuthorities.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The resource " + resource
                        + " is missing from the class path. Add the dependency no.digipost:certificate-validator");
            }
            byte[] content = file.readAllBytes();
            if (!resource.endsWith(".pem")) {
                return X509.certificate(content);
            }
            return Pem.certificates(resource, new String(content, StandardCharsets.US_ASCII))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource + " from the class path", e);
        } catch (CertificateException e) {
            throw new IllegalStateException(resource + " on the class path is not a certificate", e);
        }
    }
}
