package io.github.signaturereactive;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.security.CertificateAuthorities;
import io.github.signaturereactive.security.ServerTrust;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where the service is, and by what its server proves itself: a certificate that leads to one of the environment's
 * authorities <em>and</em> is issued to the organization that runs the service. The JVM's own trust store plays no part,
 * and neither does the host name, for which the service's certificate is not issued.
 *
 * <p>Immutable: the {@code with} methods give a changed copy.
 */
public final class ServiceEnvironment {

    /** For real jobs, with a real enterprise certificate. */
    public static final ServiceEnvironment PRODUCTION = new ServiceEnvironment(
            "production",
            URI.create("https://api.signering.posten.no/api"),
            CertificateAuthorities.production(),
            ServerTrust.POSTEN_BRING);

    /** For tests, with a test certificate. */
    public static final ServiceEnvironment DIFITEST = new ServiceEnvironment(
            "difitest",
            URI.create("https://api.difitest.signering.posten.no/api"),
            CertificateAuthorities.test(),
            ServerTrust.POSTEN_BRING);

    /** An older environment for tests, which the service's documentation no longer mentions. */
    public static final ServiceEnvironment DIFIQA = new ServiceEnvironment(
            "difiqa",
            URI.create("https://api.difiqa.signering.posten.no/api"),
            CertificateAuthorities.test(),
            ServerTrust.POSTEN_BRING);

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]", "::1");

    private final String name;
    private final URI serviceUrl;
    private final CertificateAuthorities trusted;
    private final String serverOrganizationNumber;

    private ServiceEnvironment(
            String name, URI serviceUrl, CertificateAuthorities trusted, String serverOrganizationNumber) {
        this.name = name;
        this.serviceUrl = serviceUrl;
        this.trusted = trusted;
        this.serverOrganizationNumber = serverOrganizationNumber;
    }

    /**
     * The same environment at another root URL, for instance that of a stand-in for tests.
     *
     * @param serviceUrl an {@code https} URL; {@code http} is accepted for loopback addresses only
     */
    public ServiceEnvironment withServiceUrl(URI serviceUrl) {
        String scheme = String.valueOf(serviceUrl.getScheme()).toLowerCase(Locale.ROOT);
        if (serviceUrl.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("serviceUrl must be an absolute https URL with a host");
        }
        if (scheme.equals("http") && !isLoopback(serviceUrl.getHost())) {
            throw new IllegalArgumentException(
                    "serviceUrl must be https: plain http is accepted for loopback addresses only, but the host was "
                            + serviceUrl.getHost());
        }
        if (serviceUrl.getRawQuery() != null
                || serviceUrl.getRawFragment() != null
                || serviceUrl.getRawUserInfo() != null) {
            throw new IllegalArgumentException("serviceUrl must have no query, no fragment and no user information");
        }
        String url = serviceUrl.toString();
        return new ServiceEnvironment(
                name,
                url.endsWith("/") ? URI.create(url.substring(0, url.length() - 1)) : serviceUrl,
                trusted,
                serverOrganizationNumber);
    }

    /** The same environment, where the server's certificate may also lead to one of these authorities. */
    public ServiceEnvironment withTrusted(X509Certificate... authorities) {
        return new ServiceEnvironment(name, serviceUrl, trusted.with(List.of(authorities)), serverOrganizationNumber);
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
                Field.organizationNumber("organization number of the server", organizationNumber));
    }

    /** The root URL of the API, without a slash at its end. */
    public URI serviceUrl() {
        return serviceUrl;
    }

    String name() {
        return name;
    }

    ServerTrust serverTrust() {
        return new ServerTrust(name, trusted, serverOrganizationNumber);
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT)) || host.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return name + " at " + serviceUrl;
    }
}
