package io.github.signaturereactive.samples.webflux;

import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Restricts pages to resources and forms of this application, and refuses forms that other sites submit. */
@Component
final class BrowserSecurityFilter implements WebFilter {

    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final PublicUrl publicUrl;

    BrowserSecurityFilter(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Referrer-Policy", "same-origin"); // other sites must not receive the URLs of jobs
        headers.set("X-Content-Type-Options", "nosniff");
        return SAFE.contains(exchange.getRequest().getMethod())
                        || isOwn(exchange.getRequest().getHeaders())
                ? chain.filter(exchange)
                : Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN));
    }

    /**
     * Returns whether the request may come from a page of this application. Browsers send at least one of these
     * headers with a form; other clients need not.
     */
    private boolean isOwn(HttpHeaders headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getOrigin();
        return (site == null || OWN_SITE.contains(site)) && (origin == null || publicUrl.isOrigin(origin));
    }
}
