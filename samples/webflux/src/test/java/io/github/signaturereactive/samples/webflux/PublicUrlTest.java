package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class PublicUrlTest {

    @Test
    void defaultsToLoopbackAddressWithRealPort() throws UnknownHostException {
        PublicUrl url = new PublicUrl(configured(null), server("127.0.0.1"));
        url.listensOn(54321);

        assertThat(url.of("/jobs/1")).hasToString("http://localhost:54321/jobs/1");
        assertThat(url.isOrigin("http://127.0.0.1:54321")).isTrue();
        assertThat(url.isOrigin("http://[::1]:54321")).isTrue();
        assertThat(url.isOrigin("http://127.0.0.1")).isFalse();
    }

    @Test
    void defaultsToHttpsOverTls() throws UnknownHostException {
        ServerProperties server = server("127.0.0.1");
        server.setSsl(new Ssl());
        PublicUrl url = new PublicUrl(configured(null), server);
        url.listensOn(8443);

        assertThat(url.of("/")).hasToString("https://localhost:8443/");
    }

    @Test
    void configuredUrlIsTheOnlyOrigin() throws UnknownHostException {
        PublicUrl url = new PublicUrl(configured("https://sign.example.com/"), server("0.0.0.0"));
        url.listensOn(8080);

        assertThat(url.of("/jobs/1")).hasToString("https://sign.example.com/jobs/1");
        assertThat(url.isOrigin("https://sign.example.com")).isTrue();
        assertThat(url.isOrigin("https://sign.example.com:443")).isTrue();
        assertThat(url.isOrigin("https://SIGN.example.com")).isTrue();
        assertThat(url.isOrigin("http://sign.example.com")).isFalse();
        assertThat(url.isOrigin("http://localhost:8080")).isFalse();
        assertThat(url.isOrigin("not a url")).isFalse();
        assertThat(url.isOrigin("null")).isFalse();
    }

    @Test
    void isRequiredIfServerListensOnOtherAddresses() {
        for (String address : new String[] {"0.0.0.0", "192.0.2.1", null}) {
            assertThatThrownBy(() -> new PublicUrl(configured(null), server(address)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sample.public-url");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs",
                "ftp://example.com",
                "https:example.com",
                "https://example.com/path",
                "https://example.com?a"
            })
    void mustBeAnOrigin(String value) {
        assertThatThrownBy(() -> new PublicUrl(configured(value), server("127.0.0.1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sample.public-url");
    }

    private static SampleProperties configured(String url) {
        return new SampleProperties(null, Duration.ofSeconds(1), url == null ? null : URI.create(url));
    }

    private static ServerProperties server(String address) throws UnknownHostException {
        ServerProperties server = new ServerProperties();
        server.setAddress(address == null ? null : InetAddress.getByName(address));
        return server;
    }
}
