package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.security.OrganizationCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Gives the client the new certificate when its SSL bundle has been reloaded. Of one that cannot be used the log tells, and the
 * client keeps the one it has. All of this is done on the thread that watches the bundle's files.
 */
final class CertificateRotation {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRotation.class);

    private final SignatureClient client;

    CertificateRotation(SignatureClient client) {
        this.client = client;
    }

    void listen(String bundle, SslBundles bundles) {
        bundles.addBundleUpdateHandler(bundle, reloaded -> replace(bundle, reloaded));
        // It may have been reloaded since the client was given its certificate.
        replace(bundle, bundles.getBundle(bundle));
    }

    private synchronized void replace(String name, SslBundle reloaded) {
        OrganizationCertificate before = client.certificate();
        try {
            OrganizationCertificate after = ConfiguredCertificate.ofBundle(name, reloaded);
            if (!isSame(before, after)) {
                client.replaceCertificate(after);
                LOG.info(
                        "SSL bundle '{}' has been reloaded: calls are now made with {} instead of {}",
                        name,
                        after,
                        before);
            }
        } catch (RuntimeException e) {
            LOG.error("SSL bundle '{}' has been reloaded, but cannot be used. Going on with {}", name, before, e);
        }
    }

    private static boolean isSame(OrganizationCertificate before, OrganizationCertificate after) {
        return before.chain().equals(after.chain()) && before.privateKey().equals(after.privateKey());
    }
}
