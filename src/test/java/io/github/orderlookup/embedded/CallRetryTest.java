package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which attempts are followed by another one, when, and with which ids and tokens. */
class CallRetryTest {

    private static final int MAX_ATTEMPTS = 3;

    private static EmbeddedHost host;
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        host =
                EmbeddedHost.builder()
                        .setting("order-lookup.max-attempts", Integer.toString(MAX_ATTEMPTS))
                        .start();
        simulator = host.simulator();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    /** So many failures among so few calls would pass for an outage. */
    @AfterEach
    void callInGoodHealth() {
        simulator.answerNormally();
        IntStream.range(0, 4).forEach(n -> host.outcome("order--well-" + n));
    }

    // Which -----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-408",
                "http-500",
                "http-502",
                "http-503",
                "http-504",
                "html-503",
                "empty-503",
                "second-503-70000",
                "gateway-500",
                "throttled-1",
                "throttled-unsaid",
                "http-401",
                "close",
                "reset",
                "truncated",
                "reset-mid-body"
            })
    void asksAgainAfterWhatMayPass(String fault) {
        String orderId = fault + "-once";

        Order order = host.order(orderId);

        assertThat(order.id()).contains(orderId);
        assertThat(calls(orderId)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "http-400, INVALID_REQUEST",
        "http-403, ACCESS_DENIED",
        "http-404, ORDER_NOT_FOUND",
        "http-409, INVALID_UPSTREAM_RESPONSE",
        "http-405, INVALID_UPSTREAM_RESPONSE",
        "http-501, INVALID_UPSTREAM_RESPONSE",
        "http-401-900420, AUTHENTICATION_FAILED",
        "http-401-900421, AUTHENTICATION_FAILED",
        "second-503-70000-final, UPSTREAM_UNAVAILABLE",
        "second-500-70000-final, UPSTREAM_UNAVAILABLE",
        "second-429-70000-final, THROTTLED",
        "html-404, INVALID_UPSTREAM_RESPONSE",
        "redirect, INVALID_UPSTREAM_RESPONSE",
        "not-json, INVALID_UPSTREAM_RESPONSE",
        "wrong-order, INVALID_UPSTREAM_RESPONSE"
    })
    void asksOnceWhereAskingAgainDoesNotHelp(String orderId, ProblemType type) {
        Problem problem = host.problem(orderId);

        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.attempts()).isEqualTo(1);
        assertThat(calls(orderId)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http-503, UPSTREAM_UNAVAILABLE",
        "close, UPSTREAM_UNAVAILABLE",
        "throttled-1, THROTTLED"
    })
    void givesUpAfterTheLastAttempt(String fault, ProblemType type) {
        String orderId = fault + "--for-ever";

        Problem problem = host.problem(orderId);

        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.attempts()).isEqualTo(MAX_ATTEMPTS);
        assertThat(calls(orderId)).hasSize(MAX_ATTEMPTS);
        assertThat(problem.requestId()).isEqualTo(requestIds(orderId).get(MAX_ATTEMPTS - 1));
    }

    @Test
    void tellsOfTheLastAttempt() {
        simulator.answer(
                "order--changing",
                Answers.status(500),
                Answers.reset(),
                Answers.apiFault(404, "20000"));

        Problem problem = host.problem("order--changing");

        assertThat(problem.type()).isEqualTo(ProblemType.ORDER_NOT_FOUND);
        assertThat(problem.attempts()).isEqualTo(3);
    }

    // With which ids --------------------------------------------------------------------------

    @Test
    void repeatsTheRequestIdAfterNoAnswerAndTakesANewOneAfterAnAnswer() {
        simulator.answer("order--ids", Answers.reset(), Answers.status(503));

        host.order("order--ids");

        List<String> ids = requestIds("order--ids");
        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"close-twice", "truncated-twice", "reset-mid-body-twice"})
    void repeatsTheRequestIdAfterEveryFailure(String orderId) {
        host.order(orderId);

        assertThat(requestIds(orderId)).hasSize(3).containsOnly(requestIds(orderId).get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-503-twice", "http-408-twice", "throttled-unsaid-twice"})
    void takesANewRequestIdAfterEveryAnswer(String orderId) {
        host.order(orderId);

        assertThat(requestIds(orderId)).hasSize(3).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close-twice--c", "http-500-twice--c", "http-401-once--c"})
    void keepsTheCorrelationIdOverAllAttempts(String orderId) {
        host.order(orderId);

        assertThat(calls(orderId))
                .hasSizeGreaterThan(1)
                .extracting(call -> call.header("MS-CorrelationId").orElseThrow())
                .containsOnly(calls(orderId).get(0).header("MS-CorrelationId").orElseThrow());
    }

    @Test
    void takesOtherIdsForAnotherLookup() {
        host.order("order--again");
        host.order("order--again");

        assertThat(requestIds("order--again")).hasSize(2).doesNotHaveDuplicates();
        assertThat(calls("order--again"))
                .extracting(call -> call.header("MS-CorrelationId").orElseThrow())
                .doesNotHaveDuplicates();
    }

    // When ------------------------------------------------------------------------------------

    @Test
    void waitsForTheSecondsOfRetryAfter() {
        host.order("throttled-2-once");

        List<Received> calls = calls("throttled-2-once");
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void waitsForTheDateOfRetryAfter() {
        Instant date = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        simulator.answer("order--date", Answers.throttled(date));

        host.order("order--date");

        assertThat(calls("order--date").get(1).at()).isAfterOrEqualTo(date);
    }

    @Test
    void waitsForTheRetryAfterOfAFailureToo() {
        simulator.answer("order--busy", Answers.apiFault(503, "800003", 2));

        host.order("order--busy");

        List<Received> calls = calls("order--busy");
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void doesNotWaitBeyondTheDeadline() {
        Instant deadline = Instant.now().plusSeconds(30);

        Problem problem =
                (Problem)
                        host.outcome(
                                new OrderLookupRequest(
                                        UUID.randomUUID().toString(), "throttled-40", deadline));

        assertThat(Instant.now()).isBefore(deadline);
        assertThat(problem.type()).isEqualTo(ProblemType.THROTTLED);
        assertThat(problem.attempts()).isEqualTo(1);
    }

    // With which token ------------------------------------------------------------------------

    @Test
    void renewsARefusedTokenOnceForAllWhoMeetIt() {
        host.order("order--before");
        int tokenRequests = tokenRequests();
        simulator.revokeAccessTokens();

        List<CompletableFuture<Object>> outcomes =
                IntStream.range(0, 20)
                        .mapToObj(n -> "order--renewed-" + n)
                        .map(id -> new OrderLookupRequest(UUID.randomUUID().toString(), id))
                        .map(host::outcomeLater)
                        .toList();

        assertThat(outcomes)
                .extracting(CompletableFuture::join)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Order.class));
        assertThat(tokenRequests()).isEqualTo(tokenRequests + 1);
    }

    @Test
    void givesUpWhenAFreshTokenIsRefusedToo() {
        Problem problem = host.problem("http-401--stays");

        assertThat(problem.type()).isEqualTo(ProblemType.AUTHENTICATION_FAILED);
        assertThat(problem.attempts()).isEqualTo(2);
        assertThat(calls("http-401--stays"))
                .extracting(call -> call.bearer().orElseThrow())
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-401-900420--kept", "http-401-900421--kept"})
    void keepsATokenWhoseKindIsRefused(String orderId) {
        host.problem(orderId);
        host.order("order--kept");

        List<Received> after = calls("order--kept");
        assertThat(after.get(after.size() - 1).bearer()).isEqualTo(calls(orderId).get(0).bearer());
    }

    @Test
    void sendsNoCookieBack() {
        host.order("http-503-twice--cookie");

        assertThat(calls("http-503-twice--cookie"))
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.header("Cookie")).isEmpty());
    }

    // Meanwhile -------------------------------------------------------------------------------

    @Test
    void holdsNoCallSlotWhileItWaits() {
        try (EmbeddedHost narrow =
                EmbeddedHost.builder().setting("order-lookup.max-in-flight", "1").start()) {
            CompletableFuture<Object> waiting =
                    narrow.outcomeLater(
                            new OrderLookupRequest(
                                    UUID.randomUUID().toString(), "throttled-3-once"));
            await().until(
                            () ->
                                    !narrow.simulator()
                                            .apiLog()
                                            .forOrder("throttled-3-once")
                                            .isEmpty());

            Object other = narrow.outcome("order--meanwhile");

            assertThat(other).isInstanceOf(Order.class);
            assertThat(waiting).isNotDone();
            assertThat(waiting.join()).isInstanceOf(Order.class);
        }
    }

    private static List<Received> calls(String orderId) {
        return simulator.apiLog().forOrder(orderId);
    }

    private static List<String> requestIds(String orderId) {
        return calls(orderId).stream()
                .map(call -> call.header("MS-RequestId").orElseThrow())
                .toList();
    }

    private static int tokenRequests() {
        return simulator.loginLog().matching(request -> request.method().equals("POST")).size();
    }
}
