package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.security.OrganizationCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Replaces the certificate of the client when its SSL bundle is reloaded. If the new certificate cannot be used, logs an error and keeps
 * the current one. Runs on the thread that watches the files of the bundle.
 */
final class CertificateRotation {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRotation.class);

    private final SignatureClient client;

    CertificateRotation(SignatureClient client) {
        this.client = client;
    }

    void listen(String bundle, SslBundles bundles) {
        bundles.addBundleUpdateHandler(bundle, reloaded -> replace(bundle, reloaded));
        // The bundle may have been reloaded between creation of the client and registration of the handler.
        replace(bundle, bundles.getBundle(bundle));
    }

    private synchronized void replace(String name, SslBundle reloaded) {
        OrganizationCertificate before = client.certificate();
        try {
            OrganizationCertificate after = ConfiguredCertificate.ofBundle(name, reloaded);
            if (!isSame(before, after)) {
                client.replaceCertificate(after);
                LOG.info("SSL bundle '{}' has been reloaded. New calls use {} instead of {}", name, after, before);
            }
        } catch (RuntimeException e) {
            LOG.error("SSL bundle '{}' has been reloaded, but cannot be used. Calls still use {}", name, before, e);
        }
    }

    private static boolean isSame(OrganizationCertificate before, OrganizationCertificate after) {
        return before.chain().equals(after.chain()) && before.privateKey().equals(after.privateKey());
    }
}
