package io.github.orderlookup.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.rest.Paths;
import io.github.orderlookup.system.rest.RawHttp;
import io.github.orderlookup.system.rest.RestFixture;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoints on loopback without keys, as a web page of another site would ask them. */
class RestHostsIT {
    private static final String CUSTOMER = UUID.randomUUID().toString();
    private static final String REQUEST = "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n";

    @RegisterExtension
    static final RestFixture REST =
            new RestFixture(
                    service ->
                            service.without("order-lookup.rest.api-keys")
                                    .setting("order-lookup.rest.console", "true"));

    private final RunningService service = REST.service();

    @ParameterizedTest
    @CsvSource({
        "Host: evil.example, 403",
        "Host: localhost:80, 200",
        "Host: [::1], 200",
        "Host: localhost; Origin: https://evil.example, 403",
        "Host: localhost; Origin: null, 403",
        "Host: localhost; Sec-Fetch-Site: cross-site, 403",
        "Host: localhost; Sec-Fetch-Site: same-site, 403",
        "Host: localhost; Sec-Fetch-Site: same-origin; Origin: http://localhost, 200",
        "Host: localhost; Sec-Fetch-Site: none, 200",
        "Host: localhost; Host: localhost, 400",
        "Host: localhost; host: evil.example, 400",
        "X-Host: localhost, 400"
    })
    void servesThisMachineAloneEverywhere(String headers, int status) {
        String lines = headers.replace("; ", "\r\n");

        assertAnswer(service.rest(), Paths.order(CUSTOMER, "order--hosts"), lines, status);
        assertAnswer(service.rest(), "/openapi.json", lines, status);
        assertAnswer(service.rest(), "/console", lines, status);
        assertAnswer(service.rest(), "/nothing", lines, status == 200 ? 404 : status);
        assertAnswer(service.management(), "/observe/health/live", lines, status);
        assertAnswer(service.management(), "/observe/metrics", lines, status);
        assertAnswer(service.management(), "/nothing", lines, status == 200 ? 404 : status);
    }

    private static void assertAnswer(URI origin, String path, String headers, int status) {
        String answer = new RawHttp(origin).exchange(REQUEST.formatted(path, headers));

        assertThat(answer).as(path).startsWith("HTTP/1.1 " + status + " ");
        if (status >= 400) {
            assertThat(answer)
                    .contains("application/problem+json", "about:blank", "no-store")
                    .containsIgnoringCase("MS-CorrelationId: ");
        }
    }

    @Test
    void makesNoCallForAnotherSite() {
        String target = Paths.order(CUSTOMER, "order--evil");
        new RawHttp(service.rest()).exchange(REQUEST.formatted(target, "Host: evil.example"));

        assertThat(service.simulator().apiLog().forOrder("order--evil")).isEmpty();
    }
}
