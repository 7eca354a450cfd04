package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host's own HTTP server gets of ours. */
class HostPagesTest {

    private static final String KEY = "key-of-the-host";
    private static final String ORDER = "/v1/customers/" + CUSTOMER + "/orders/order--1";

    @ParameterizedTest(name = "rest {0}, console {1}: order {2}, pages {3}")
    @CsvSource({"false, false, 404, 404", "false, true, 404, 404", "true, false, 200, 404"})
    void isTheOrdersAloneUnlessPagesAreAskedFor(String rest, String console, int order, int pages)
            throws Exception {
        int port = FreePort.find();
        try (EmbeddedHost unused = host(port, rest, console)) {
            assertThat(status(port, ORDER)).isEqualTo(order);
            assertThat(status(port, "/openapi.json")).isEqualTo(pages);
            assertThat(status(port, "/console")).isEqualTo(pages);
            assertThat(status(port, "/console" + ORDER)).isEqualTo(pages);
        }
    }

    @Test
    void arePagesTooWhenTheyAreAskedFor() throws Exception {
        int port = FreePort.find();
        try (EmbeddedHost unused = host(port, "true", "true")) {
            for (String path :
                    List.of(
                            ORDER,
                            "/console",
                            "/console/style.css",
                            "/console/figures",
                            "/console" + ORDER,
                            "/openapi.json")) {
                assertThat(status(port, path)).as(path).isEqualTo(200);
            }
        }
    }

    private static EmbeddedHost host(int port, String rest, String console) {
        return EmbeddedHost.builder()
                .setting("camel.server.enabled", "true")
                .setting("camel.server.host", "127.0.0.1")
                .setting("camel.server.port", Integer.toString(port))
                .setting("order-lookup.rest.enabled", rest)
                .setting("order-lookup.rest.console", console)
                .setting("order-lookup.rest.api-keys", KEY)
                .start();
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request = HttpRequest.newBuilder(uri).header("X-API-Key", KEY).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }
}
