package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.simulator.Simulator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The problems that the REST endpoint answers with after a call. */
class RestProblemsIT {

    private final RawHttp http = OpenRestEndpoint.http();
    private final Simulator simulator = OpenRestEndpoint.simulator();

    /** Tests do not meet each other's throttling. */
    private final String customer = UUID.randomUUID().toString();

    /** So many failures among so few calls would pass for an outage. */
    @AfterEach
    void callInGoodHealth() {
        for (int n = 0; n < 4; n++) {
            http.get(path("order--well-" + n));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http-400-2000, 400, invalid-request, false, 1, 2000",
        "http-400-2205, 404, customer-not-found, false, 1, 2205",
        "http-400-900118, 404, customer-not-found, false, 1, 900118",
        "http-404-60003, 404, customer-not-found, false, 1, 60003",
        "http-404-20000, 404, order-not-found, false, 1, 20000",
        "http-403-20002, 403, access-denied, false, 1, 20002",
        "http-401, 502, authentication-failed, false, 2, 400",
        "http-401-900420, 502, authentication-failed, false, 1, 900420",
        "http-401-900421, 502, authentication-failed, false, 1, 900421",
        "http-408, 503, upstream-unavailable, true, 2, 0",
        "http-500, 503, upstream-unavailable, true, 2, 800003",
        "second-503-70000, 503, upstream-unavailable, true, 2, 70000",
        "second-503-70000-final, 503, upstream-unavailable, true, 1, 70000",
        "http-503-800003, 503, upstream-unavailable, true, 2, 800003",
        "throttled-1, 503, throttled, true, 2,",
        "html-502, 503, upstream-unavailable, true, 2,",
        "http-504, 503, upstream-unavailable, true, 2,",
        "html-404, 502, invalid-upstream-response, false, 1,",
        "empty-404, 502, invalid-upstream-response, false, 1,",
        "redirect, 502, invalid-upstream-response, false, 1,",
        "http-409, 502, invalid-upstream-response, false, 1, 800060",
        "empty-204, 502, invalid-upstream-response, false, 1,",
        "not-json, 502, invalid-upstream-response, false, 1,",
        "wrong-order, 502, invalid-upstream-response, false, 1,"
    })
    void answersWithTheProblem(
            String id, int status, String type, boolean retryable, int attempts, String code) {
        RawAnswer answer = http.get(path(id));

        JsonNode problem = RestAssertions.assertProblem(answer, status, type, retryable, attempts);
        assertThat(problem.path("customerId").asText()).isEqualTo(customer);
        assertThat(problem.path("orderId").asText()).isEqualTo(id);
        assertThat(problem.path("upstream").path("code").asText(""))
                .isEqualTo(code == null ? "" : code);
        assertThat(problem.path("upstream").path("status").asInt()).isBetween(200, 599);
        assertThat(simulator.apiLog().forOrder(id)).hasSize(attempts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "truncated", "reset-mid-body"})
    void answersANetworkFailureWithoutSayingWhatUpstreamSaid(String id) {
        RawAnswer answer = http.get(path(id));

        JsonNode problem =
                RestAssertions.assertProblem(answer, 503, "upstream-unavailable", true, 2);
        assertThat(problem.has("upstream")).isFalse();
        assertThat(answer.header("Retry-After").map(Integer::parseInt).orElseThrow()).isPositive();
    }

    @Test
    void saysNothingOfTokensOrAddresses() {
        for (String id : List.of("http-401", "http-500", "close", "not-json", "redirect")) {
            String body = http.get(path(id + "--secrets")).text();

            assertThat(body)
                    .doesNotContain(
                            "Bearer", "eyJ", "localhost", "127.0.0.1", "Exception", "org.apache")
                    .doesNotContain(Simulator.CLIENT_SECRET);
        }
    }

    private String path(String orderSegment) {
        return Paths.order(customer, orderSegment);
    }
}
