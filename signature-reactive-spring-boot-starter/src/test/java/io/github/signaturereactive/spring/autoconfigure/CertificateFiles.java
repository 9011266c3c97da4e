package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** Writes certificates of the signing service to files for SSL bundles. */
record CertificateFiles(Path directory) {

    static final String PASSWORD = ClientCertificate.PASSWORD;

    /** Writes a certificate chain and its key to one PEM file. */
    Path pem(String name, ClientCertificate certificate) {
        return write(name, out -> {
            for (X509Certificate each : certificate.chain()) {
                out.writeObject(each);
            }
            out.writeObject(new JcaPKCS8Generator(certificate.privateKey(), null));
        });
    }

    /** Writes a key to an encrypted PEM file. */
    Path encryptedKey(String name, PrivateKey key) {
        return write(name, out -> {
            try {
                out.writeObject(new JcaPKCS8Generator(
                        key,
                        new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                                .setProvider(new BouncyCastleProvider())
                                .setPassword(PASSWORD.toCharArray())
                                .build()));
            } catch (OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Writes a certificate to a PEM file. */
    Path certificate(String name, X509Certificate certificate) {
        return write(name, out -> out.writeObject(certificate));
    }

    /** Writes a certificate without its key to a PKCS#12 file. */
    Path withoutKey(String name, X509Certificate certificate) {
        return store(name, store -> store.setCertificateEntry("organization", certificate));
    }

    /** Writes several keys to a PKCS#12 file, with the aliases "0", "1" and so on. */
    Path withKeys(String name, List<ClientCertificate> certificates) {
        return store(name, store -> {
            for (int i = 0; i < certificates.size(); i++) {
                store.setKeyEntry(
                        String.valueOf(i),
                        certificates.get(i).privateKey(),
                        PASSWORD.toCharArray(),
                        certificates.get(i).chain().toArray(Certificate[]::new));
            }
        });
    }

    private Path store(String name, Entries entries) {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            entries.addTo(store);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, Text text) {
        try {
            StringWriter written = new StringWriter();
            try (JcaPEMWriter pem = new JcaPEMWriter(written)) {
                text.writeTo(pem);
            }
            return Files.writeString(directory.resolve(name), written.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Entries {
        void addTo(KeyStore store) throws GeneralSecurityException;
    }

    private interface Text {
        void writeTo(JcaPEMWriter pem) throws IOException;
    }
}
