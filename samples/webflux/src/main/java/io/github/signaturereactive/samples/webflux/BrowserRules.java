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

/** Tells the browser what the pages need, which is nothing from elsewhere, and takes no forms that other sites send. */
@Component
final class BrowserRules implements WebFilter {

    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Referrer-Policy", "no-referrer"); // addresses of jobs are nobody else's business
        headers.set("X-Content-Type-Options", "nosniff");
        String site = exchange.getRequest().getHeaders().getFirst("Sec-Fetch-Site");
        return exchange.getRequest().getMethod().equals(HttpMethod.POST) && site != null && !OWN.contains(site)
                ? Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN))
                : chain.filter(exchange);
    }
}
