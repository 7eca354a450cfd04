package io.github.orderlookup.system.lifecycle;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the packaged jar logs: one JSON object for each event, none for a success. */
class LogIT {

    @Test
    void writesEveryEventAsOneJsonObject() {
        String correlationId = UUID.randomUUID().toString();
        try (RunningService service = RunningService.start();
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            assertThat(rest.lookUp("order--well").statusCode()).isEqualTo(200);
            assertThat(asker.ask(Asker.request("order--well-too")).kind()).isEqualTo("found");
            assertThat(rest.lookUp("http-404--1").statusCode()).isEqualTo(404);
            service.simulator().revokeAccessTokens();
            service.simulator().answerLogin(Answers.aadsts(7000215));
            String[] headers = {
                "X-API-Key", RunningService.API_KEY, "MS-CorrelationId", correlationId
            };
            assertThat(rest.lookUp("order--refused", headers).statusCode()).isEqualTo(502);
            service.process().terminate();

            List<JsonNode> events =
                    service.process()
                            .stdout()
                            .lines()
                            .map(line -> Outcome.json(line.getBytes()))
                            .toList();

            assertThat(events)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(LogIT::assertThatItIsAnEvent)
                    .as("a line for a success")
                    .noneSatisfy(event -> assertThat(event.toString()).contains("order--well"));
            assertThat(events)
                    .filteredOn(event -> event.path("correlationId").asText().equals(correlationId))
                    .singleElement()
                    .satisfies(
                            event -> {
                                assertThat(event.path("level").asText()).isEqualTo("INFO");
                                assertThat(event.path("outcome").asText())
                                        .isEqualTo("authentication-failed");
                                assertThat(event.path("orderId").asText())
                                        .isEqualTo("order--refused");
                                assertThat(event.path("customerId").asText()).isEqualTo(CUSTOMER);
                            });
            assertThat(events)
                    .filteredOn(event -> event.path("orderId").asText().equals("http-404--1"))
                    .hasSize(1);
            assertThat(events)
                    .filteredOn(event -> event.path("level").asText().equals("WARN"))
                    .anySatisfy(
                            event ->
                                    assertThat(event.path("message").asText())
                                            .contains("AADSTS7000215"));
        }
    }

    @Test
    void tellsTheStepsOfALookupAtTheDebugLevelAndNothingOfTheLibraries() {
        try (RunningService service =
                        RunningService.builder()
                                .setting("order-lookup.log-level", "debug")
                                .start();
                Asker asker = new Asker(service)) {
            assertThat(asker.ask(Asker.request("order--1")).kind()).isEqualTo("found");
            assertThat(new RestClient(service).lookUp("http-404--1").statusCode()).isEqualTo(404);
            service.process().terminate();

            List<JsonNode> debug =
                    service.process()
                            .stdout()
                            .lines()
                            .map(line -> Outcome.json(line.getBytes(StandardCharsets.UTF_8)))
                            .filter(event -> event.path("level").asText().equals("DEBUG"))
                            .toList();
            assertThat(debug)
                    .isNotEmpty()
                    .allSatisfy(
                            event ->
                                    assertThat(event.path("logger").asText())
                                            .startsWith("io.github.orderlookup"));
            String steps = debug.toString();
            assertThat(steps)
                    .containsPattern("Order order--1, correlation id \\S+: asked for by KAFKA")
                    .containsPattern("Order order--1, correlation id \\S+: waits for a permit")
                    .containsPattern("Order order--1, correlation id \\S+: GRANTED after")
                    .containsPattern("attempt 1 leaves, request id \\S+")
                    .containsPattern("Order order--1, .*: answered with status 200")
                    .containsPattern("Request \\S+-0, correlation id \\S+: its outcome is ack")
                    .containsPattern("http-404--1, .*: order-not-found, is not tried again")
                    .containsPattern("Correlation id \\S+: answered with status 404")
                    .doesNotContain("Bearer", RunningService.API_KEY, Simulator.CLIENT_SECRET);
        }
    }

    private static void assertThatItIsAnEvent(JsonNode event) {
        assertThat(event.isObject()).isTrue();
        assertThat(Instant.parse(event.path("time").asText())).isNotNull();
        assertThat(event.path("level").asText()).isIn("INFO", "WARN", "ERROR");
        assertThat(event.path("logger").asText()).isNotEmpty();
        assertThat(event.path("message").isTextual()).isTrue();
    }
}
