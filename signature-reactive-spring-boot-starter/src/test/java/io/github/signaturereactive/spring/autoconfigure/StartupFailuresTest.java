package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.signingservice.SigningService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** Failure analyses of applications with missing or invalid properties. Description and action are one paragraph each. */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailuresTest {

    private static final String WRONG_PASSWORD = "not-the-password";

    private static SigningService service;

    @TempDir
    private static Path directory;

    private static CertificateFiles files;

    @BeforeAll
    static void start() {
        service = SigningService.start();
        files = new CertificateFiles(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void withoutACertificate(CapturedOutput output) {
        fails();

        assertThat(description(output))
                .isEqualTo(
                        "No enterprise certificate is configured. Neither 'signature.certificate.location' nor 'signature.ssl.bundle'"
                                + " is set.");
        assertThat(action(output))
                .isEqualTo("Set 'signature.certificate.location' to a PKCS#12 file and 'signature.certificate.password'"
                        + " to its password, or set 'signature.ssl.bundle' to the name of an SSL bundle with the"
                        + " certificate and its private key.");
    }

    @Test
    void withTheWrongPassword(CapturedOutput output) {
        fails(certificate(service.clientCertificate().path(), WRONG_PASSWORD));

        assertThat(description(output))
                .contains("'signature.certificate.password'", "is not the password", "client.p12", "commandLineArgs");
        assertThat(action(output)).startsWith("Set 'signature.certificate.password' to the password");
    }

    @ParameterizedTest
    @CsvSource({
        "signature.certificate.location, file:${UNSET_VARIABLE}/client.p12",
        "signature.certificate.password, ${UNSET_VARIABLE}",
        "signature.sender, ${UNSET_VARIABLE}",
        "signature.polling-queue, ${UNSET_VARIABLE}",
        "signature.service-url, ${UNSET_VARIABLE}",
        "signature.service-url, https://${UNSET_VARIABLE}/api",
        "signature.trusted-certificates, file:${UNSET_VARIABLE}",
        "signature.access-tokens.client-id, ${UNSET_VARIABLE}",
        "signature.access-tokens.broker-id, ${UNSET_VARIABLE}",
        "signature.access-tokens.token-endpoint, ${UNSET_VARIABLE}",
        "signature.access-tokens.trusted-certificates, ${UNSET_VARIABLE}",
        "signature.proxy.password, ${UNSET_VARIABLE}",
        "signature.proxy.port, ${UNSET_VARIABLE}",
        "signature.document-bundle-dump-directory, /tmp/${UNSET_VARIABLE}",
        "signature.calls.connect-timeout, ${UNSET_VARIABLE}",
        "signature.certificate.password, ${signature.unset:${UNSET_VARIABLE}}",
    })
    void withUnresolvedPlaceholder(String property, String value, CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.removeIf(set -> set.startsWith(property + "="));
        properties.add(property + "=" + value);

        fails(properties.toArray(String[]::new));

        assertThat(description(output))
                .contains("'" + property + "'", "'${UNSET_VARIABLE}'", "'UNSET_VARIABLE' is not set")
                .contains("set in \"" + property + "\"");
        assertThat(action(output)).startsWith("Set 'UNSET_VARIABLE'");
    }

    @Test
    void withUnresolvedPlaceholderInBundle(CapturedOutput output) {
        fails(bundle(service.clientCertificate().path(), "${UNSET_VARIABLE}"));

        assertThat(description(output))
                .contains("'spring.ssl.bundle.jks.organization.keystore.password'", "'UNSET_VARIABLE' is not set");
        assertThat(action(output)).startsWith("Set 'UNSET_VARIABLE'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "signature.certificate.location=", "signature.certificate.location=  "})
    void withoutCertificateOrWithBlankOne(String property, CapturedOutput output) {
        fails(property.isEmpty() ? new String[0] : new String[] {property, "signature.ssl.bundle="});

        assertThat(description(output)).startsWith("No enterprise certificate is configured");
    }

    @Test
    void withABlankPassword(CapturedOutput output) {
        fails(certificate(service.clientCertificate().path(), ""));

        assertThat(description(output))
                .contains("client.p12", "'signature.certificate.password' is not set")
                .contains("'signature.certificate.password' is blank in \"signature.certificate.password\"");
        assertThat(action(output)).startsWith("Set 'signature.certificate.password'");
    }

    @Test
    void withoutAPassword(CapturedOutput output) {
        fails("signature.certificate.location=" + service.clientCertificate().path());

        assertThat(description(output)).contains("client.p12", "'signature.certificate.password' is not set");
        assertThat(action(output)).startsWith("Set 'signature.certificate.password'");
    }

    @Test
    void withMissingFile(CapturedOutput output) {
        fails(certificate(Path.of("/nowhere/client.p12"), "any"));

        assertThat(description(output))
                .contains("'signature.certificate.location' is set to '/nowhere/client.p12'", "does not exist");
        assertThat(action(output)).startsWith("Set 'signature.certificate.location' to the path");
    }

    @Test
    void withADirectoryInsteadOfAFile(CapturedOutput output) {
        fails(certificate(service.clientCertificate().path().getParent(), "any"));

        assertThat(description(output))
                .contains("'signature.certificate.location' is set to", "does not exist or cannot be read");
        assertThat(action(output)).startsWith("Set 'signature.certificate.location' to the path");
    }

    @Test
    void withAnUnknownEnvironment(CapturedOutput output) {
        fails("signature.environment=prodution");

        assertThat(description(output))
                .contains("'signature.environment' is set to 'prodution'", "production, difitest, difiqa");
        assertThat(action(output)).startsWith("Set 'signature.environment' to one of production, difitest, difiqa");
    }

    @Test
    void withAnExpiredCertificate(CapturedOutput output) {
        fails(certificate(
                service.issueExpiredClientCertificate("123456789").path(),
                service.clientCertificate().password()));

        assertThat(description(output))
                .contains("'signature.certificate.location'", "expired at 2020-01-01", "NTRNO-123456789")
                .contains("'signature.certificate.location' is set in \"signature.certificate.location\"");
        assertThat(action(output)).contains("Order a new enterprise certificate", "'signature.certificate.location'");
    }

    @Test
    void withCertificateWithoutPrivateKey(CapturedOutput output) {
        fails(certificate(
                files.withoutKey("without-key.p12", service.clientCertificate().certificate()),
                CertificateFiles.PASSWORD));

        assertThat(description(output)).contains("without-key.p12", "no private key");
        assertThat(action(output)).contains("'signature.certificate.location'", "private key");
    }

    @Test
    void withAPemFileInsteadOfPkcs12(CapturedOutput output) {
        fails(certificate(files.pem("client.pem", service.clientCertificate()), "any"));

        assertThat(description(output)).contains("client.pem", "PEM");
        assertThat(action(output)).contains("SSL bundle in 'signature.ssl.bundle'");
    }

    @Test
    void withBothAFileAndABundle(CapturedOutput output) {
        fails(
                "signature.certificate.location=" + service.clientCertificate().path(),
                "signature.certificate.password=" + service.clientCertificate().password(),
                "signature.ssl.bundle=organization");

        assertThat(description(output)).contains("Both 'signature.certificate.location' and 'signature.ssl.bundle'");
        assertThat(action(output)).startsWith("Remove one of them");
    }

    @Test
    void withAnUnknownBundle(CapturedOutput output) {
        fails(
                "signature.ssl.bundle=organisation",
                "spring.ssl.bundle.jks.organization.keystore.location="
                        + service.clientCertificate().path(),
                "spring.ssl.bundle.jks.organization.keystore.password=" + CertificateFiles.PASSWORD);

        assertThat(description(output)).contains("'organisation'", "The configured SSL bundles are: organization.");
        assertThat(action(output)).contains("spring.ssl.bundle.jks.organisation.*");
    }

    @Test
    void withBundleWithoutKeyStore(CapturedOutput output) {
        fails(
                "signature.ssl.bundle=organization",
                "spring.ssl.bundle.pem.organization.truststore.certificate="
                        + service.trustedCertificates().resolve("ca.pem"));

        assertThat(description(output)).contains("'organization'", "'signature.ssl.bundle'", "no key store");
        assertThat(action(output)).contains("spring.ssl.bundle.pem.organization");
    }

    @Test
    void withWrongPasswordOfBundle(CapturedOutput output) {
        fails(bundle(service.clientCertificate().path(), WRONG_PASSWORD));

        assertThat(description(output)).contains("'organization'", "'signature.ssl.bundle'", "password was incorrect");
        assertThat(action(output)).contains("Check the passwords");
    }

    @Test
    void withMissingFileOfBundle(CapturedOutput output) {
        fails(bundle(Path.of("/nowhere/client.p12"), CertificateFiles.PASSWORD));

        assertThat(description(output)).contains("'organization'", "'signature.ssl.bundle'", "/nowhere/client.p12");
        assertThat(action(output)).contains("spring.ssl.bundle.jks.organization");
    }

    @Test
    void withExpiredCertificateInBundle(CapturedOutput output) {
        fails(bundle(service.issueExpiredClientCertificate("123456789").path(), CertificateFiles.PASSWORD));

        assertThat(description(output)).contains("'signature.ssl.bundle'", "expired at 2020-01-01");
        assertThat(action(output)).contains("Order a new enterprise certificate");
    }

    @Test
    void withBundleWithSeveralKeysAndNoAlias(CapturedOutput output) {
        Path keys = files.withKeys(
                "two-keys.p12", List.of(service.clientCertificate(), service.issueClientCertificate("987654325")));

        fails(bundle(keys, CertificateFiles.PASSWORD));

        assertThat(description(output)).contains("2 private keys", "0, 1");
        assertThat(action(output)).contains("key alias");
    }

    @Test
    void withBundleWithoutPrivateKey(CapturedOutput output) {
        fails(bundle(
                files.withoutKey(
                        "bundle-without-key.p12", service.clientCertificate().certificate()),
                CertificateFiles.PASSWORD));

        assertThat(description(output)).contains("'organization'", "it has no private key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "signature.sender | 12345 | nine digits | Set 'signature.sender'",
                "signature.service-url | http://example.com/api | loopback addresses only | Set 'signature.service-url'",
                "signature.service-url | not a url | a URL such as | Set 'signature.service-url'",
                "signature.trusted-certificates | /nowhere/ca.pem | cannot be read | Set 'signature.trusted-certificates'",
                "signature.access-tokens.trusted-certificates | /nowhere/ca.pem | cannot be read | Set 'signature.access-tokens.t",
                "signature.access-tokens.token-endpoint | http://example.com | loopback | Set 'signature.access-tokens.token-e",
                "signature.max-job-size | 0B | at least 1 byte | Set 'signature.max-job-size'",
                "signature.calls-per-second | -1 | at least 1 | Set 'signature.calls-per-second'",
                "signature.calls-per-second | many | a whole number | Set 'signature.calls-per-second'",
                "signature.user-agent | (comment) | without parentheses | Set 'signature.user-agent'",
                "signature.wiretap | perhaps | true or false | Set 'signature.wiretap' to true or false",
                "signature.proxy.type | ftp | http, socks5 | Set 'signature.proxy.type'",
                "signature.document-bundle-dump-directory | /nowhere | not an existing directory | Create the directory",
                "signature.calls.connect-timeout | 0s | connectTimeout must be | Set 'signature.calls.connect-timeout'",
                "signature.calls.acquire-timeout | 0s | acquireTimeout must be | Set 'signature.calls.acquire-timeout'",
                "signature.calls.response-timeout | -1s | responseTimeout must be | Set 'signature.calls.response-timeout'",
                "signature.calls.idle-timeout | 0s | idleTimeout must be | Set 'signature.calls.idle-timeout'",
                "signature.calls.idle-timeout | soon | a duration such as | Set 'signature.calls.idle-timeout'",
                "signature.calls.max-connections | 0 | maxConnections must be | Set 'signature.calls.max-connections'",
                "signature.calls.max-pending | 0 | maxPending must be | Set 'signature.calls.max-pending'",
                "signature.downloads.connect-timeout | 0s | connectTimeout must | Set 'signature.downloads.connect-timeout'",
                "signature.downloads.acquire-timeout | 0s | acquireTimeout must | Set 'signature.downloads.acquire-timeout'",
                "signature.downloads.response-timeout | 0s | responseTimeout must | Set 'signature.downloads.response-timeout'",
                "signature.downloads.idle-timeout | 0s | idleTimeout must | Set 'signature.downloads.idle-timeout'",
                "signature.downloads.max-connections | 0 | maxConnections must | Set 'signature.downloads.max-connections'",
                "signature.downloads.max-pending | 0 | maxPending must be | Set 'signature.downloads.max-pending'",
            })
    void withInvalidValue(String property, String value, String found, String set, CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.add(property + "=" + value);

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).contains(found, property).contains("set in \"" + property + "\"");
        assertThat(action(output)).startsWith(set);
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "password"})
    void withIncompleteCredentialsForProxy(String given, CapturedOutput output) {
        String missing = given.equals("username") ? "password" : "username";
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.addAll(List.of(
                "signature.proxy.host=proxy.example.com",
                "signature.proxy.port=3128",
                "signature.proxy." + given + "=one-half"));

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).startsWith("Only one of").doesNotContain("one-half");
        assertThat(action(output)).startsWith("Set 'signature.proxy." + missing + "' too");
    }

    @ParameterizedTest
    @CsvSource({"host, proxy.example.com, port", "port, 3128, host"})
    void withIncompleteAddressOfProxy(String given, String value, String missing, CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.add("signature.proxy." + given + "=" + value);

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).contains("'signature.proxy." + missing + "' is not");
        assertThat(action(output)).startsWith("Set both 'signature.proxy.host' and 'signature.proxy.port'");
    }

    @ParameterizedTest
    @CsvSource({"client-id, broker-id", "broker-id, client-id"})
    void withIncompleteAccessTokens(String given, String missing, CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.add("signature.access-tokens." + given + "=abc");

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).startsWith("Only one of");
        assertThat(action(output)).startsWith("Set 'signature.access-tokens." + missing + "' too");
    }

    @ParameterizedTest
    @CsvSource({
        "client-id, two words, broker, must not have white space or control characters",
        "broker-id, 123456789, client, but is the organization number"
    })
    void withInvalidIdsForAccessTokens(
            String property, String value, String other, String found, CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.add("signature.access-tokens." + property + "=" + value);
        properties.add("signature.access-tokens." + other + "-id=abc");

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).contains("'signature.access-tokens." + property + "'", found);
        assertThat(action(output)).startsWith("Set 'signature.access-tokens." + property + "'");
    }

    @Test
    void withAccessTokensInEnvironmentWithoutTokenEndpoint(CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.addAll(List.of(
                "signature.environment=difiqa",
                "signature.access-tokens.client-id=client",
                "signature.access-tokens.broker-id=broker"));

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).contains("difiqa", "no token endpoint");
        assertThat(action(output)).startsWith("Set 'signature.environment' to production or difitest");
    }

    @Test
    void withTrustedCertificatesButNoTokenEndpoint(CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.addAll(List.of(
                "signature.environment=difitest",
                "signature.access-tokens.client-id=client",
                "signature.access-tokens.broker-id=broker",
                "signature.access-tokens.trusted-certificates="
                        + service.trustedCertificates().resolve("ca.pem")));

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).contains("'signature.access-tokens.token-endpoint' is not");
        assertThat(action(output)).startsWith("Set 'signature.access-tokens.token-endpoint' too");
    }

    @Test
    void withInvalidPortOfProxy(CapturedOutput output) {
        List<String> properties = new ArrayList<>(List.of(certificate(
                service.clientCertificate().path(), service.clientCertificate().password())));
        properties.addAll(List.of("signature.proxy.host=proxy.example.com", "signature.proxy.port=65536"));

        fails(properties.toArray(String[]::new));

        assertThat(description(output)).contains("'signature.proxy.port'", "65536");
    }

    private static String[] certificate(Path file, String password) {
        return new String[] {"signature.certificate.location=" + file, "signature.certificate.password=" + password};
    }

    private static String[] bundle(Path file, String password) {
        return new String[] {
            "signature.ssl.bundle=organization",
            "spring.ssl.bundle.jks.organization.keystore.type=PKCS12",
            "spring.ssl.bundle.jks.organization.keystore.location=" + file,
            "spring.ssl.bundle.jks.organization.keystore.password=" + password
        };
    }

    private static void fails(String... properties) {
        String[] arguments =
                Stream.of(properties).map(property -> "--" + property).toArray(String[]::new);
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .run(arguments)
                        .close())
                .isNotNull();
    }

    /** Returns the description of the failure analysis. Fails if it has more than one paragraph. */
    private static String description(CapturedOutput output) {
        return paragraph(output, "Description:", "Action:");
    }

    private static String action(CapturedOutput output) {
        return paragraph(output, "Action:", null);
    }

    private static String paragraph(CapturedOutput output, String from, String to) {
        String text = output.getOut();
        assertThat(text).contains("APPLICATION FAILED TO START").doesNotContain(WRONG_PASSWORD);
        int begin = text.indexOf(from) + from.length();
        String paragraph = (to == null ? text.substring(begin) : text.substring(begin, text.indexOf(to))).strip();
        assertThat(paragraph).isNotEmpty().doesNotContain("\n");
        return paragraph;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SslAutoConfiguration.class, SignatureAutoConfiguration.class})
    static class Application {}
}
