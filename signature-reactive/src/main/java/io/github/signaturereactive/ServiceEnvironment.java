package io.github.signaturereactive;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.security.CertificateAuthorities;
import io.github.signaturereactive.security.ServerTrust;
import io.github.signaturereactive.security.WebTrust;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the service is, and by what its server proves itself: a certificate that leads to one of the environment's
 * authorities <em>and</em> is issued to the organization that runs the service. The JVM's own trust store plays no part,
 * and neither does the host name, for which the service's certificate is not issued. Only the endpoint that gives access tokens
 * proves itself as web servers do, by both.
 *
 * <p>Immutable: the {@code with} methods give a changed copy.
 */
public final class ServiceEnvironment {

    /** For real jobs, with a real enterprise certificate. */
    public static final ServiceEnvironment PRODUCTION = new ServiceEnvironment(
            "production",
            URI.create("https://api.signering.posten.no/api"),
            CertificateAuthorities.production(),
            ServerTrust.POSTEN_BRING,
            URI.create("https://midp.digipost.no/oauth2/token"),
            List.of());

    /** For tests, with a test certificate. */
    public static final ServiceEnvironment DIFITEST = new ServiceEnvironment(
            "difitest",
            URI.create("https://api.difitest.signering.posten.no/api"),
            CertificateAuthorities.test(),
            ServerTrust.POSTEN_BRING,
            URI.create("https://midp.difitest.digipost.no/oauth2/token"),
            List.of());

    /** An older environment for tests, which the service's documentation no longer mentions; it has no access tokens. */
    public static final ServiceEnvironment DIFIQA = new ServiceEnvironment(
            "difiqa",
            URI.create("https://api.difiqa.signering.posten.no/api"),
            CertificateAuthorities.test(),
            ServerTrust.POSTEN_BRING,
            null,
            List.of());

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]", "::1");

    private final String name;
    private final URI serviceUrl;
    private final CertificateAuthorities trusted;
    private final String serverOrganizationNumber;
    private final @Nullable URI tokenEndpoint;
    private final List<X509Certificate> tokenAuthorities;

    private ServiceEnvironment(
            String name,
            URI serviceUrl,
            CertificateAuthorities trusted,
            String serverOrganizationNumber,
            @Nullable URI tokenEndpoint,
            List<X509Certificate> tokenAuthorities) {
        this.name = name;
        this.serviceUrl = serviceUrl;
        this.trusted = trusted;
        this.serverOrganizationNumber = serverOrganizationNumber;
        this.tokenEndpoint = tokenEndpoint;
        this.tokenAuthorities = tokenAuthorities;
    }

    /**
     * The same environment at another root URL, for instance that of a stand-in for tests.
     *
     * @param serviceUrl an {@code https} URL; {@code http} is accepted for loopback addresses only
     */
    public ServiceEnvironment withServiceUrl(URI serviceUrl) {
        String url = requireHttps("serviceUrl", serviceUrl).toString();
        return new ServiceEnvironment(
                name,
                url.endsWith("/") ? URI.create(url.substring(0, url.length() - 1)) : serviceUrl,
                trusted,
                serverOrganizationNumber,
                tokenEndpoint,
                tokenAuthorities);
    }

    /**
     * The same environment with another token endpoint, whose certificate leads to one of the authorities that the Java runtime
     * trusts. See {@link ClientConfiguration.Builder#accessTokens}.
     *
     * @param tokenEndpoint an {@code https} URL; {@code http} is accepted for loopback addresses only
     */
    public ServiceEnvironment withTokenEndpoint(URI tokenEndpoint) {
        return withTokenEndpoint(tokenEndpoint, List.of());
    }

    /**
     * The same environment with another token endpoint, whose certificate leads to one of these authorities instead of those
     * that the Java runtime trusts, for instance that of a stand-in for tests. The certificate has to be for the host name, whoever issued
     * it. These authorities are not asked about the service itself.
     *
     * @param tokenEndpoint an {@code https} URL; {@code http} is accepted for loopback addresses only
     * @param trusted whose certificates are accepted; if there are none, the Java runtime's
     */
    public ServiceEnvironment withTokenEndpoint(URI tokenEndpoint, Collection<X509Certificate> trusted) {
        return new ServiceEnvironment(
                name,
                serviceUrl,
                this.trusted,
                serverOrganizationNumber,
                requireHttps("tokenEndpoint", tokenEndpoint),
                List.copyOf(trusted));
    }

    private static URI requireHttps(String field, URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(field + " must be an absolute https URL with a host");
        }
        if (scheme.equals("http") && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException(field
                    + " must be https: plain http is accepted for loopback addresses only, but the host was "
                    + url.getHost());
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(field + " must have no query, no fragment and no user information");
        }
        return url;
    }

    /** The same environment, where the server's certificate may also lead to one of these authorities. */
    public ServiceEnvironment withTrusted(X509Certificate... authorities) {
        return new ServiceEnvironment(
                name,
                serviceUrl,
                trusted.with(List.of(authorities)),
                serverOrganizationNumber,
                tokenEndpoint,
                tokenAuthorities);
    }

    /**
     * The same environment, whose server's certificate must be issued to another organization; for stand-ins in tests.
     *
     * @param organizationNumber nine digits
     */
    public ServiceEnvironment withServerOrganizationNumber(String organizationNumber) {
        return new ServiceEnvironment(
                name,
                serviceUrl,
                trusted,
                Field.organizationNumber("organization number of the server", organizationNumber),
                tokenEndpoint,
                tokenAuthorities);
    }

    /** The root URL of the API, without a slash at its end. */
    public URI serviceUrl() {
        return serviceUrl;
    }

    /** What messages call it: {@code production}, {@code difitest} or {@code difiqa}, wherever the API is. */
    public String name() {
        return name;
    }

    ServerTrust serverTrust() {
        return new ServerTrust(name, trusted, serverOrganizationNumber);
    }

    /** Where access tokens come from. */
    URI requireTokenEndpoint() {
        if (tokenEndpoint == null) {
            throw new IllegalStateException(
                    "There are no access tokens in " + name
                            + ", since no token endpoint of it is known: use another environment, name one by withTokenEndpoint(..), or leave accessTokens(..) out");
        }
        return tokenEndpoint;
    }

    /** How the token endpoint proves itself. May read files. */
    WebTrust tokenTrust() {
        return tokenAuthorities.isEmpty() ? WebTrust.ofTheRuntime() : WebTrust.of(tokenAuthorities);
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT)) || host.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return name + " at " + serviceUrl;
    }
}
