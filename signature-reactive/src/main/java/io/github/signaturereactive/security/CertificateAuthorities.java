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
 * The authorities whose certificates a server may present: the pinned set of one kind of environment, and what the
 * caller adds to it. Those of test and of production are never in one set, and the Java runtime's own authorities are
 * in none.
 *
 * <p>The files are those of {@code no.digipost:certificate-validator}. Issuing authorities are listed beside their
 * roots, since a server may leave them out of the chain it sends. The first generation of Commfides' authorities is not
 * listed: it has expired, and everything that it issued with it. Nor is Digipost's own production root, which the
 * service has not begun to use.
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

    /** Those of the production environment. Reads them from the class path. */
    public static CertificateAuthorities production() {
        return read("/certificates/prod/", PRODUCTION);
    }

    /** Those of the test environments. Reads them from the class path. */
    public static CertificateAuthorities test() {
        return read("/certificates/test/", TEST);
    }

    /** None but these. */
    public static CertificateAuthorities of(Collection<X509Certificate> certificates) {
        return new CertificateAuthorities(List.copyOf(certificates));
    }

    /** These and the given ones, which may also be servers' own certificates. */
    public CertificateAuthorities with(Collection<X509Certificate> trusted) {
        return new CertificateAuthorities(Stream.concat(certificates.stream(), trusted.stream())
                .distinct()
                .toList());
    }

    /** Their certificates. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    private static CertificateAuthorities read(String folder, List<String> files) {
        return of(files.stream().map(file -> read(folder + file)).toList());
    }

    private static X509Certificate read(String resource) {
        try (InputStream file = CertificateAuthorities.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The class path has no " + resource
                        + ": it comes with no.digipost:certificate-validator, on which this library depends");
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
