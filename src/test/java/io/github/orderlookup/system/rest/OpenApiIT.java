package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The description that a running service serves, and the requests that lead to every answer in it.
 * What comes is held to the description as {@link RawHttp} reads it.
 */
class OpenApiIT {
    private static final String KEY = "key-of-the-description";
    private static final String CUSTOMER = UUID.randomUUID().toString();

    @RegisterExtension
    static final RestFixture REST =
            new RestFixture(
                    service ->
                            service.setting("order-lookup.rest.api-keys", KEY)
                                    .setting("order-lookup.max-in-flight", "1")
                                    .setting("order-lookup.max-attempts", "1")
                                    .setting("partner-center.response-timeout", "2s"));

    private final RawHttp http = REST.http();

    /** The first sign-in of a cold service may take longer than its time. */
    @BeforeEach
    void signIn() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(Paths.order(CUSTOMER, "order--first")).status() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        "order--1, 200",
        "http-400-2000, 400",
        "a%20b, 400",
        "%zz, 400",
        "http-403-20002, 403",
        "http-404-20000, 404",
        "http-404-60003, 404",
        "redirect, 502",
        "http-500, 503",
        "hang--1, 504"
    })
    void answersAsDescribed(String segment, int status) {
        assertThat(get(Paths.order(CUSTOMER, segment)).status()).isEqualTo(status);
    }

    @Test
    void answersAsDescribedWhenItIsBusy() {
        CompletableFuture<RawAnswer> first =
                Background.call(() -> get(Paths.order(CUSTOMER, "hang--busy")));
        await().until(() -> REST.simulator().inFlight() == 1);

        assertThat(get(Paths.order(CUSTOMER, "order--busy")).status()).isEqualTo(503);

        first.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/customers/c/orders/o", "/openapi.json", "/openapi.yaml"})
    void asksForAKeyEverywhere(String path) {
        assertThat(http.get(path).status()).isEqualTo(401);
        assertThat(http.get(path + "?X-API-Key=" + KEY).status()).isEqualTo(401);
        assertThat(http.get(path, "X-API-Key: wrong").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/customers/c/orders/o", "/openapi.json", "/openapi.yaml"})
    void refusesALargeBodyEverywhere(String path) {
        RawAnswer answer = http.send("GET", path, new byte[70_000], "X-API-Key: " + KEY);

        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi.yaml"})
    void allowsNoOtherMethod(String path) {
        RawAnswer answer = http.send("POST", path, new byte[0], "X-API-Key: " + KEY);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi", "/openapi.xml", "/openapi.json/", "/openapi.", "/console"})
    void hasNothingBeside(String path) {
        RestAssertions.assertHttpError(get(path), 404);
    }

    @Test
    void servesTheSameDocumentAsJsonAndAsYaml() throws IOException {
        JsonNode json = get("/openapi.json").json();
        JsonNode yaml = new ObjectMapper(new YAMLFactory()).readTree(get("/openapi.yaml").body());

        assertThat(json.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(yaml).isEqualTo(json);
    }

    @Test
    void servesADocumentThatNeedsNoOther() {
        JsonNode document = get("/openapi.json").json();

        List<String> references = document.findValuesAsText("$ref");

        assertThat(references)
                .contains("#/components/schemas/Order", "#/components/schemas/OrderLineItem")
                .allMatch(reference -> document.at(reference.substring(1)).isObject());
    }

    private RawAnswer get(String path) {
        return http.get(path, "X-API-Key: " + KEY);
    }
}
