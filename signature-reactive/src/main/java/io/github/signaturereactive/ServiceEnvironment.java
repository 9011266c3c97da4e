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
 * An environment of the service: the URLs of the API and of the token endpoint, and the trust in their server certificates. Immutable:
 * the {@code with} methods return a copy.
 *
 * <p>The API server must have an enterprise certificate that is issued to the organization that runs the service. The chain must lead
 * to one of the environment's certificate authorities. The certificate is not issued for the host name, so the host name is not
 * verified. The trust store of the Java runtime is not used.
 *
 * <p>The token endpoint is checked as a web server: its chain must lead to an authority of the Java runtime, and the host name is
 * verified.
 */
public final class ServiceEnvironment {

    /** The production environment. It requires a production certificate. */
    public static final ServiceEnvironment PRODUCTION = new ServiceEnvironment(
            "production",
            URI.create("https://api.signering.posten.no/api"),
            CertificateAuthorities.production(),
            ServerTrust.POSTEN_BRING,
            URI.create("https://midp.digipost.no/oauth2/token"),
            List.of());

    /** The public test environment, also called staging. It requires a test certificate. */
    public static final ServiceEnvironment DIFITEST = new ServiceEnvironment(
            "difitest",
            URI.create("https://api.difitest.signering.posten.no/api"),
            CertificateAuthorities.test(),
            ServerTrust.POSTEN_BRING,
            URI.create("https://midp.difitest.digipost.no/oauth2/token"),
            List.of());

    /** A former test environment, which the documentation of the service no longer mentions. It has no token endpoint. */
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
     * Returns a copy with another root URL of the API, for example of a test server.
     *
     * @param serviceUrl an absolute {@code https} URL without query, fragment and user information. {@code http} is permitted for
     *     loopback addresses
     * @return the copy
     * @throws IllegalArgumentException if the URL is not permitted
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
     * Returns a copy with another token endpoint. Its certificate chain must lead to a certificate authority of the Java runtime. See
     * {@link ClientConfiguration.Builder#accessTokens}.
     *
     * @param tokenEndpoint an absolute {@code https} URL without query, fragment and user information. {@code http} is permitted for
     *     loopback addresses
     * @return the copy
     * @throws IllegalArgumentException if the URL is not permitted
     */
    public ServiceEnvironment withTokenEndpoint(URI tokenEndpoint) {
        return withTokenEndpoint(tokenEndpoint, List.of());
    }

    /**
     * Returns a copy with another token endpoint and with the certificate authorities for it, for example of a test server. The
     * authorities replace those of the Java runtime. The host name is verified. The authorities are not used for the API server.
     *
     * @param tokenEndpoint an absolute {@code https} URL without query, fragment and user information. {@code http} is permitted for
     *     loopback addresses
     * @param trusted the certificates of the authorities. If it is empty, the authorities of the Java runtime are used
     * @return the copy
     * @throws IllegalArgumentException if the URL is not permitted
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
                    + " must be https, because http is permitted for loopback addresses only, but the host was "
                    + url.getHost());
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(field + " must not have a query, a fragment or user information");
        }
        return url;
    }

    /**
     * Returns a copy with further certificate authorities for the API server.
     *
     * @param authorities the certificates of the authorities
     * @return the copy
     */
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
     * Returns a copy with another organization number for the certificate of the API server, for test servers.
     *
     * @param organizationNumber the organization number, nine digits
     * @return the copy
     * @throws IllegalArgumentException if the organization number is not nine digits
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

    /**
     * Returns the root URL of the API.
     *
     * @return the URL without a trailing slash
     */
    public URI serviceUrl() {
        return serviceUrl;
    }

    /**
     * Returns the name of the environment for messages. The {@code with} methods do not change it.
     *
     * @return {@code production}, {@code difitest} or {@code difiqa}
     */
    public String name() {
        return name;
    }

    ServerTrust serverTrust() {
        return new ServerTrust(name, trusted, serverOrganizationNumber);
    }

    /** Returns the token endpoint. Throws if the environment has none. */
    URI requireTokenEndpoint() {
        if (tokenEndpoint == null) {
            throw new IllegalStateException(
                    "The environment " + name + " has no token endpoint, which accessTokens(..) requires. Use another"
                            + " environment, or set a token endpoint with withTokenEndpoint(..)");
        }
        return tokenEndpoint;
    }

    /** Creates the trust manager for the token endpoint. May read files. */
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
