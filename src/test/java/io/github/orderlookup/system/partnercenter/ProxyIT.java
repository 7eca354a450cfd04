package io.github.orderlookup.system.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.http.ConnectProxy;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The packaged jar behind the proxy that the properties of the JVM name. */
class ProxyIT {

    @Test
    void goesThroughTheProxyToBothHostsAndSaysWhenItIsRefused() throws IOException {
        try (ConnectProxy proxy = new ConnectProxy(200);
                RunningService service = start(proxy)) {
            RestClient rest = new RestClient(service);

            assertThat(rest.lookUp("order--1").statusCode()).isEqualTo(200);
            assertThat(proxy.asked())
                    .as("one tunnel to each host, and the token in none of the requests")
                    .hasSize(2)
                    .anyMatch(head -> head.startsWith(tunnel(service.simulator().apiUrl())))
                    .anyMatch(head -> head.startsWith(tunnel(service.simulator().loginUrl())))
                    .noneMatch(head -> head.contains("Authorization"));
        }
    }

    @Test
    void saysThatTheProxyRefuses() throws IOException {
        try (ConnectProxy proxy = new ConnectProxy(407);
                RunningService service = start(proxy)) {
            HttpResponse<String> answer = new RestClient(service).lookUp("order--1");

            JsonNode problem = Outcome.json(answer.body().getBytes());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(problem.path("type").asText()).endsWith(":upstream-unavailable");
            assertThat(problem.path("detail").asText())
                    .contains("proxy 127.0.0.1:" + proxy.address().getPort(), "407");
            assertThat(service.process().stdout())
                    .doesNotContain("\"level\":\"ERROR\"", "Exception");
        }
    }

    private static String tunnel(URI origin) {
        return "CONNECT " + origin.getAuthority() + " ";
    }

    private static RunningService start(ConnectProxy proxy) {
        return RunningService.builder()
                .withoutKafka()
                .setting("order-lookup.max-attempts", "1")
                .property("https.proxyHost", "127.0.0.1")
                .property("https.proxyPort", Integer.toString(proxy.address().getPort()))
                .property("http.nonProxyHosts", "")
                .start();
    }
}
