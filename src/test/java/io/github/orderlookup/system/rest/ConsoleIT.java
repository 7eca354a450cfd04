package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for people as HTTP sees them, at an endpoint with a key. */
class ConsoleIT {
    private static final String KEY = "key-of-the-console";

    @RegisterExtension
    static final RestFixture REST =
            new RestFixture(
                    service ->
                            service.setting("order-lookup.rest.api-keys", KEY)
                                    .setting("order-lookup.rest.console", "true"));

    private final RawHttp http = REST.http();

    @ParameterizedTest
    @CsvSource({
        "/console, text/html; charset=utf-8, <title>order-lookup console</title>",
        "/console?x=y, text/html; charset=utf-8, <title>order-lookup console</title>",
        "/console/api, text/html; charset=utf-8, <title>order-lookup API</title>",
        "/console/style.css, text/css; charset=utf-8, :root",
        "/console/console.js, text/javascript; charset=utf-8, lookUp",
        "/console/icon.svg, image/svg+xml, <svg",
        "/console/swagger-ui.css, text/css; charset=utf-8, .swagger-ui",
        "/console/swagger-ui-bundle.js, text/javascript; charset=utf-8, SwaggerUIBundle"
    })
    void servesItsFilesToEverybodyUnderAStrictPolicy(String path, String type, String content) {
        RawAnswer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains(type);
        assertThat(answer.text()).contains(content);
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/index",
                "/console/nothing.js",
                "/console/index.html",
                "/console/api.html",
                "/console/api/",
                "/console/openapi.yaml",
                "/console/..%2fopenapi.yaml",
                "/console/%2e%2e",
                "/console/../order-lookup/log4j2.properties",
                "/console/swagger-ui.js",
                "/console/v1"
            })
    void servesNothingElse(String path) {
        RestAssertions.assertHttpError(http.get(path), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/figures", "/console/v1/customers/c/orders/o"})
    void asksForAKeyWhereThereIsSomethingToSee(String path) {
        RawAnswer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        assertThat(answer.type()).isEqualTo("urn:order-lookup:problem:unauthorized");
        assertThat(http.get(path + "?X-API-Key=" + KEY).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"order--1, 200, 1", "http-503-twice--a, 200, 3", "http-404-20000, 404, 1"})
    void tellsTheConsoleHowManyAttemptsALookupTook(String id, int status, String attempts) {
        String order = Paths.order(UUID.randomUUID().toString(), id);

        RawAnswer answer = http.get("/console" + order, "X-API-Key: " + KEY);

        assertThat(answer.header("order-lookup-attempts")).contains(attempts);
        assertThat(answer.header("MS-RequestId")).isPresent();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "order--s, true, completed, the order is completed",
        "status-error--s, true, error, the order has failed and must be placed again",
        "status-pending--s, false, moving, the order is pending",
        "unprovisioned--s, false, moving, line 0 has no subscription yet",
        "status-odd--s, false, unknown, the status of the order is not known: odd"
    })
    void tellsTheConsoleWhetherAnOrderIsSettled(
            String id, String settled, String kind, String words) {
        String order = Paths.order(UUID.randomUUID().toString(), id);

        RawAnswer answer = http.get("/console" + order, "X-API-Key: " + KEY);

        assertThat(answer.header("order-lookup-settled")).contains(settled);
        assertThat(answer.header("order-lookup-state-kind")).contains(kind);
        assertThat(answer.header("order-lookup-state")).contains(words);
    }

    @Test
    void tellsNoStateOfAnOrderThatIsNotFound() {
        String order = Paths.order(UUID.randomUUID().toString(), "http-404-20000");

        assertThat(http.get("/console" + order, "X-API-Key: " + KEY).headerNames())
                .noneMatch(name -> name.startsWith("order-lookup-s"));
    }

    @Test
    void tellsOthersNothingOfAttemptsAndState() {
        String order = Paths.order(UUID.randomUUID().toString(), "order--2");

        assertThat(http.get(order, "X-API-Key: " + KEY).headerNames())
                .noneMatch(name -> name.startsWith("order-lookup-"));
    }

    @Test
    void showsTheStatisticsToCallersWithAKey() {
        http.get(Paths.order(UUID.randomUUID().toString(), "order--3"), "X-API-Key: " + KEY);

        RawAnswer answer = http.get("/console/figures", "X-API-Key: " + KEY);

        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.json().path("figures"))
                .anySatisfy(
                        figure -> {
                            assertThat(figure.path("name").asText())
                                    .isEqualTo("order.lookup.lookups");
                            assertThat(figure.path("tags").path("source").asText())
                                    .isEqualTo("rest");
                            assertThat(figure.path("tags").path("outcome").asText())
                                    .isEqualTo("found");
                            assertThat(figure.path("value").asInt()).isPositive();
                        });
        assertThat(answer.json().path("figures"))
                .filteredOn(figure -> figure.path("name").asText().endsWith(".settle.waiting"))
                .extracting(figure -> figure.path("tags").path("age").asText())
                .containsExactlyInAnyOrder("1m", "15m", "1h", "1d", "older");
    }

    @Test
    void allowsNoOtherMethod() {
        RawAnswer answer = http.send("POST", "/console", new byte[0]);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
    }
}
