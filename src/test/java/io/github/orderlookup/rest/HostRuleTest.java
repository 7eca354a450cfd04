package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.rest.HostRule.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts and origins an endpoint takes: on loopback without keys, and otherwise. */
class HostRuleTest {

    private static final String PATH = "/v1/customers/c/orders/o";
    private static final HostRule LOCAL = HostRule.of("127.0.0.1", false, "http");
    private static final HostRule GUARDED = HostRule.of("127.0.0.1", true, "http");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LocalHost:8080",
                "localhost.",
                "localhost.:8080",
                "localhost:",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.8.9.10:65535",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]:8080",
                "[::ffff:127.0.0.1]"
            })
    void takesNamesAndAddressesOfLoopback(String host) {
        assertThat(status(LOCAL, host)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evil.localhost.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.",
                "10.0.0.1",
                "128.0.0.1",
                "0.0.0.0",
                "2130706433",
                "0x7f000001",
                "127.1",
                "[::]",
                "[::2]",
                "[fe80::1]:8080",
                "localhosts",
                "xlocalhost",
                ":8080",
                ""
            })
    void refusesOtherHosts(String host) {
        assertThat(status(LOCAL, host)).isEqualTo(403);
        assertThat(status(GUARDED, host)).isZero();
        assertThat(status(HostRule.of("0.0.0.0", false, "http"), host)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost,evil.example",
                "localhost evil.example",
                "user@localhost",
                "localhost/",
                "localhost:port",
                "localhost:123456",
                "localhost:80:80",
                "::1",
                "[::1",
                "[::1%25lo]",
                "local\thost",
                "lo\u00e9"
            })
    void refusesAMalformedHostEverywhere(String host) {
        assertThat(status(LOCAL, host)).isEqualTo(400);
        assertThat(status(GUARDED, host)).isEqualTo(400);
    }

    @Test
    void refusesMoreThanOneHostAndNoneEverywhere() {
        for (HostRule rule : List.of(LOCAL, GUARDED)) {
            assertThat(status(rule, request(PATH, false, List.of("localhost", "localhost"))))
                    .isEqualTo(400);
            assertThat(status(rule, request(PATH, false, List.of("localhost", "evil.example"))))
                    .isEqualTo(400);
            assertThat(status(rule, request(PATH, false, List.of()))).isEqualTo(400);
        }
    }

    @Test
    void takesARequestOfHttp10WithoutHost() {
        assertThat(status(LOCAL, request(PATH, true, List.of()))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/v1, localhost:8080, 0",
        "http://LOCALHOST:8080/v1, localhost:8080, 0",
        "http://evil.example/v1, evil.example, 403",
        "http://evil.example/v1, localhost:8080, 400",
        "http://localhost:8080/v1, evil.example, 400",
        "https://evil.example?http://localhost:8080, localhost:8080, 400",
        "/http://evil.example/, localhost:8080, 0"
    })
    void readsTheHostOfAnAbsoluteTarget(String target, String host, int status) {
        assertThat(status(LOCAL, request(target, false, List.of(host)))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, 0",
        "HTTP://LOCALHOST:8080, 0",
        "https://localhost:8080, 403",
        "http://localhost:3000, 403",
        "http://localhost, 403",
        "http://127.0.0.1:8080, 403",
        "http://evil.example, 403",
        "http://localhost:8080.evil.example, 403",
        "null, 403",
        "'', 403"
    })
    void takesNoOriginButItsOwn(String origin, int status) {
        HostRule.Request request =
                new HostRule.Request(
                        PATH, false, List.of("localhost:8080"), List.of(origin), List.of());

        assertThat(status(LOCAL, request)).isEqualTo(status);
        assertThat(status(GUARDED, request)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, 0",
        "none, 0",
        "None, 0",
        "same-site, 403",
        "cross-site, 403",
        "unknown, 403",
        "'', 403"
    })
    void takesNothingThatABrowserSentForAnotherSite(String site, int status) {
        HostRule.Request request =
                new HostRule.Request(PATH, false, List.of("localhost"), List.of(), List.of(site));

        assertThat(status(LOCAL, request)).isEqualTo(status);
        assertThat(status(GUARDED, request)).isZero();
    }

    @Test
    void refusesAForeignOriginBehindAnOwnOne() {
        HostRule.Request request =
                new HostRule.Request(
                        PATH,
                        false,
                        List.of("localhost"),
                        List.of("http://localhost", "http://evil.example"),
                        List.of("none", "cross-site"));

        assertThat(status(LOCAL, request)).isEqualTo(403);
    }

    @Test
    void knowsTheOriginOfAnEndpointWithTls() {
        HostRule.Request request =
                new HostRule.Request(
                        PATH, false, List.of("localhost"), List.of("https://localhost"), List.of());

        assertThat(status(HostRule.of("::1", false, "https"), request)).isZero();
    }

    private static int status(HostRule rule, String host) {
        return status(rule, request(PATH, false, List.of(host)));
    }

    private static HostRule.Request request(String target, boolean isHttp10, List<String> hosts) {
        return new HostRule.Request(target, isHttp10, hosts, List.of(), List.of());
    }

    private static int status(HostRule rule, HostRule.Request request) {
        return rule.refusal(request).map(Refusal::status).orElse(0);
    }
}
