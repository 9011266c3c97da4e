package io.github.signaturereactive.signingservice.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** An enterprise certificate with its private key. A client connects to the service and signs its bundles with it. */
public final class ClientCertificate {

    /** The password of every PKCS#12 file the service writes, for the store and for the key in it. */
    public static final String PASSWORD = "signing-service";

    /** The alias of the key in the PKCS#12 file. */
    public static final String ALIAS = "organization";

    private final String organizationNumber;
    private final List<X509Certificate> chain;
    private final Path path;

    private ClientCertificate(String organizationNumber, List<X509Certificate> chain, Path path) {
        this.organizationNumber = organizationNumber;
        this.chain = chain;
        this.path = path;
    }

    /** Issues a client certificate and writes it to a PKCS#12 file. */
    public static ClientCertificate issue(
            CertificateAuthority authority, String organizationNumber, boolean expired, Path path) {
        List<X509Certificate> chain =
                List.of(authority.issueToClient(organizationNumber, expired), authority.certificate());
        try (OutputStream out = Files.newOutputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    ALIAS, Keys.CLIENT.privateKey(), PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClientCertificate(organizationNumber, chain, path);
    }

    /** Returns the organization number of this certificate, nine digits, or an empty string if it has none. */
    public String organizationNumber() {
        return organizationNumber;
    }

    /** Returns the path of the PKCS#12 file. The file is deleted when the service is closed. */
    public Path path() {
        return path;
    }

    /** Returns the password of {@link #path()}, always {@value #PASSWORD}. */
    public String password() {
        return PASSWORD;
    }

    /** Returns the alias of the key in {@link #path()}, always {@value #ALIAS}. */
    public String alias() {
        return ALIAS;
    }

    /** Returns a new key store, read from {@link #path()}. */
    public KeyStore keyStore() {
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the organization's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Returns the certificate followed by the certificate of its issuer. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Returns the private RSA key of {@link #certificate()}. */
    public PrivateKey privateKey() {
        return Keys.CLIENT.privateKey();
    }

    @Override
    public String toString() {
        return "ClientCertificate of " + (organizationNumber.isEmpty() ? "no organization" : organizationNumber)
                + " in " + path;
    }
}
