package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST endpoint with two API keys, one call slot and little time. */
class RestLimitsIT {
    private static final String KEY = "first-key-of-the-tests";
    private static final String OTHER_KEY = "second-key-of-the-tests";

    @RegisterExtension
    static final RestFixture REST =
            new RestFixture(
                    service ->
                            service.setting("order-lookup.rest.api-keys", KEY + "," + OTHER_KEY)
                                    .setting("order-lookup.max-in-flight", "1")
                                    .setting("order-lookup.max-attempts", "1")
                                    .setting("order-lookup.deadline", "20s")
                                    .setting("partner-center.response-timeout", "2s"));

    private final RunningService service = REST.service();
    private final Simulator simulator = service.simulator();
    private final RawHttp http = REST.http();

    private final String customer = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer " + KEY,
                "authorization: bearer " + OTHER_KEY,
                "Authorization:   Bearer   " + KEY + "  ",
                "X-API-Key: " + KEY,
                "x-api-key: " + OTHER_KEY
            })
    void admitsEachKeyInEitherHeader(String header) {
        RawAnswer answer = http.get(path("order--key"), header);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void admitsTheRightKeyBesideAWrongOne() {
        RawAnswer answer =
                http.get(path("order--key"), "Authorization: Bearer wrong", "X-API-Key: " + KEY);

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: at all",
                "Authorization: Bearer wrong-key",
                "Authorization: Bearer " + KEY + "x",
                "Authorization: Bearer first-key",
                "Authorization: Bearer FIRST-KEY-OF-THE-TESTS",
                "Authorization: Bearer " + KEY + "," + OTHER_KEY,
                "Authorization: Bearer",
                "Authorization: Basic " + KEY,
                "Authorization: " + KEY,
                "X-API-Key: wrong-key",
                "X-API-Key: ",
                "X-API-Key: Bearer " + KEY,
                "API-Key: " + KEY,
                "Cookie: X-API-Key=" + KEY
            })
    void refusesCallersWithoutAKey(String header) {
        int before = simulator.apiLog().size();

        RawAnswer answer = http.get(path("order--no-key"), header);

        assertUnauthorized(answer);
        assertThat(simulator.apiLog().size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-API-Key=" + KEY, "x-api-key=" + KEY, "Authorization=Bearer%20" + KEY})
    void takesNoKeyFromTheQuery(String parameter) {
        assertUnauthorized(http.get(path("order--no-key") + "?" + parameter));
    }

    @Test
    void refusesTwoKeysInOneHeader() {
        RawAnswer answer =
                http.get(path("order--no-key"), "X-API-Key: " + KEY, "X-API-Key: " + OTHER_KEY);

        assertUnauthorized(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%c3%28", "a%20b", "order--1/", "%00"})
    void asksForTheKeyBeforeItLooksAtTheIds(String segment) {
        assertUnauthorized(http.get(path(segment)));
    }

    private static void assertUnauthorized(RawAnswer answer) {
        JsonNode problem = answer.json();
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.headerNames())
                .containsExactlyInAnyOrder(
                        "cache-control",
                        "content-length",
                        "content-type",
                        "ms-correlationid",
                        "www-authenticate");
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        assertThat(answer.type()).isEqualTo("urn:order-lookup:problem:unauthorized");
        assertThat(problem.path("retryable").asBoolean()).isFalse();
        assertThat(problem.has("orderId")).isFalse();
        assertThat(answer.text()).doesNotContain(KEY, OTHER_KEY);
    }

    @Test
    void refusesARequestWithoutAFreeSlotAndTimesOutTheOneThatHasIt() {
        CompletableFuture<RawAnswer> first = Background.call(() -> lookUp("hang--slot"));
        await().until(() -> simulator.inFlight() == 1);

        RawAnswer second = lookUp("order--no-slot");

        RestAssertions.assertProblem(second, 503, "overloaded", true, 0);
        assertThat(simulator.apiLog().forOrder("order--no-slot")).isEmpty();
        JsonNode timeout =
                RestAssertions.assertProblem(first.join(), 504, "upstream-timeout", true, 1);
        assertThat(timeout.has("upstream")).isFalse();
        assertThat(lookUp("order--slot-again").status()).isEqualTo(200);
    }

    @Test
    void refusesAWrongKeyWhileNoSlotIsFree() {
        CompletableFuture<RawAnswer> first = Background.call(() -> lookUp("delay-1500--slot"));
        await().until(() -> simulator.inFlight() == 1);

        assertUnauthorized(http.get(path("order--no-key")));

        assertThat(first).isNotDone();
        assertThat(first.join().status()).isEqualTo(200);
    }

    @Test
    void handsRetryAfterOnAndAsksNoMoreForACustomerWhoIsThrottledBeyondTheDeadline() {
        RawAnswer throttled = lookUp("throttled-600");
        RawAnswer next = lookUp("order--after-throttled");

        RestAssertions.assertProblem(throttled, 503, "throttled", true, 1);
        assertThat(throttled.header("Retry-After")).contains("600");
        RestAssertions.assertProblem(next, 503, "throttled", true, 0);
        assertThat(Integer.parseInt(next.header("Retry-After").orElseThrow())).isGreaterThan(500);
        assertThat(simulator.apiLog().forOrder("order--after-throttled")).isEmpty();
    }

    @Test
    void writesNoKeyToItsLog() {
        lookUp("order--log");
        http.get(path("order--log"), "X-API-Key: wrong-key-1");

        String log = service.process().stdout() + service.process().stderr();
        assertThat(log).doesNotContain(KEY, OTHER_KEY, "wrong-key-1", Simulator.CLIENT_SECRET);
    }

    private RawAnswer lookUp(String orderId) {
        return http.get(path(orderId), "X-API-Key: " + KEY);
    }

    private String path(String orderSegment) {
        return Paths.order(customer, orderSegment);
    }
}
