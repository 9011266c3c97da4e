package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import reactor.core.publisher.Mono;

/** The Java code of docs/credentials.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class CredentialsSnippets {

    private CredentialsSnippets() {}

    static void certificates(KeyStore keyStore, String password) {
        // [certificates
        OrganizationCertificate fromFile = OrganizationCertificate.fromPkcs12(Path.of("certificate.p12"), password);
        OrganizationCertificate fromKeyStore = OrganizationCertificate.fromKeyStore(keyStore, "alias", password);
        OrganizationCertificate fromPem =
                OrganizationCertificate.fromPem(Path.of("chain.pem"), Path.of("key.pem"), password);
        // certificates]
    }

    static void hardware(Provider provider, char[] pin, PrivateKey privateKey, List<X509Certificate> chain)
            throws IOException, GeneralSecurityException {
        // [hardware
        KeyStore token = KeyStore.getInstance("PKCS11", provider);
        token.load(null, pin);
        OrganizationCertificate inHardware = OrganizationCertificate.fromKeyStore(token, "alias", pin);
        OrganizationCertificate inKeyService = OrganizationCertificate.fromPrivateKey(privateKey, chain);
        // hardware]
    }

    static Mono<String> access(SignatureClient signature) {
        // [access
        Mono<String> identity = signature.whoAmI(); // "You are 123456789"
        // access]
        return identity;
    }

    static void replace(SignatureClient signature, String password) {
        // [replace
        signature.replaceCertificate(OrganizationCertificate.fromPkcs12(Path.of("renewed.p12"), password));
        // replace]
    }

    static ClientConfiguration tokens(OrganizationCertificate certificate, String clientId, String brokerId) {
        // [tokens
        var configuration = ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.DIFITEST)
                .defaultSender(new Sender("123456789"))
                .accessTokens(clientId, brokerId)
                .build();
        // tokens]
        return configuration;
    }

    static void replaceBoth(SignatureClient signature, OrganizationCertificate certificate, String clientId) {
        // [both
        signature.replaceCertificate(certificate, clientId);
        // both]
    }
}
