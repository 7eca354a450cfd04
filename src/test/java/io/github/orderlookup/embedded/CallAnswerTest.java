package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.JsonTokens;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.ScriptedAnswer;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer must be to be the Order, and what becomes of every other one. */
class CallAnswerTest {

    private static final String ORDER = "order--asked";
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static EmbeddedHost host;
    private static Simulator simulator;

    /** Two call slots and two connections: the third fault that kept one would be noticed. */
    @BeforeAll
    static void start() {
        host =
                EmbeddedHost.builder()
                        .setting("order-lookup.max-in-flight", "2")
                        .setting("order-lookup.max-attempts", "1")
                        .start();
        simulator = host.simulator();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @AfterEach
    void findAnOrdinaryOrder() {
        simulator.answerNormally();
        assertThat(host.outcome("order--ordinary")).isInstanceOf(Order.class);
    }

    static Stream<String> orders() {
        String order = order("");
        return Stream.of(
                order,
                "\uFEFF" + order,
                " \r\n\t" + order + " \n",
                "\uFEFF \n" + order,
                order(",\"status\":\"never-heard-of\",\"billingCycle\":\"fortnightly\""),
                order(",\"more\":" + "[".repeat(99) + "]".repeat(99)),
                order(",\"more\":1234567890123456.7890123450,\"big\":1E+400,\"null\":null"),
                order(",\"text\":\"\\u0000\\ud83d\\ude00\\ud83d \u00e9\""),
                "{}",
                "{\"id\":\"" + ORDER + "\"}",
                "{\"id\":null,\"alternateId\":\"" + ORDER + "\"}",
                "{\"id\":\"another\",\"alternateId\":\"" + ORDER + "\"}",
                "{\"referenceCustomerId\":\"" + CUSTOMER.toUpperCase(Locale.ROOT) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isTheOrder(String body) {
        Object outcome = outcome(Answers.bytes(bytes(body)));

        assertThat(outcome).isInstanceOf(Order.class);
        assertThat(JsonTokens.of(OrderJson.write((Order) outcome)))
                .isEqualTo(JsonTokens.of(body.replace("\uFEFF", "").strip()));
    }

    @Test
    void comparesGuidsWithoutCase() {
        String asked = "B60E7A25-93D1-4C8F-8E04-F27A5D913BC6";
        simulator.answer(
                asked, Answers.bytes(bytes("{\"id\":\"" + asked.toLowerCase(Locale.ROOT) + "\"}")));

        assertThat(host.outcome(new OrderLookupRequest(CUSTOMER, asked))).isInstanceOf(Order.class);
    }

    @Test
    void isTheOrderWithAMillionMembers() {
        String body =
                IntStream.range(0, 1_000_000)
                        .mapToObj(i -> "\"m" + i + "\":" + i % 10)
                        .collect(Collectors.joining(",", "{\"id\":\"" + ORDER + "\",", "}"));

        Object outcome = outcome(Answers.bytes(bytes(body)));

        assertThat(outcome).isInstanceOf(Order.class);
        assertThat(OrderJson.write((Order) outcome)).hasSize(body.length());
    }

    static Stream<String> noOrders() {
        String order = order("");
        return Stream.of(
                "",
                " ",
                "\uFEFF",
                "null",
                "true",
                "42",
                "\"text\"",
                "[]",
                "[" + order + "]",
                "{",
                order.substring(0, order.length() - 1),
                order + "x",
                order + order,
                order + ",",
                order + "}",
                "\uFEFF\uFEFF" + order,
                order(",\"id\":\"" + ORDER + "\""),
                order(",\"links\":{\"a\":1,\"a\":1}"),
                order(",\"more\":" + "[".repeat(100) + "]".repeat(100)),
                order(",\"more\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)),
                order(",\"more\":NaN"),
                order(",\"more\":01"),
                order(",more:1"),
                order(",\"more\":'1'"),
                order(",/* */\"more\":1"),
                order(",\"more\":1,"),
                "<html><body>Sign in</body></html>",
                "{\"id\":\"another\"}",
                "{\"id\":\"another\",\"alternateId\":\"yet-another\"}",
                "{\"id\":\"" + ORDER.toUpperCase(Locale.ROOT) + "\"}",
                "{\"alternateId\":\"another\"}",
                "{\"id\":42}",
                "{\"id\":\""
                        + ORDER
                        + "\",\"referenceCustomerId\":\"0a0a0a0a-0000-4000-8000-000000000000\"}",
                "{\"referenceCustomerId\":{}}");
    }

    @ParameterizedTest
    @MethodSource("noOrders")
    void isNoOrder(String body) {
        assertInvalid(outcome(Answers.bytes(bytes(body))), 200);
    }

    @Test
    void isNoOrderWhenItsBytesAreNotUtf8() {
        byte[] body = order(",\"text\":\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);

        assertInvalid(outcome(Answers.bytes(body)), 200);
    }

    @Test
    void isNoOrderWhenItIsAPage() {
        assertInvalid(outcome(Answers.html(200)), 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 204, 206, 300, 304, 305, 400 + 10, 415, 418, 451, 505, 511})
    void isNoOrderUnderAnotherStatus(int status) {
        assertInvalid(outcome(Answers.status(status)), status);
    }

    @Test
    void isAWrongAddressWhenA404SaysNothingOfPartnerCenter() {
        assertInvalid(outcome(Answers.status(404)), 404);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void isARedirectThatNobodyFollows(int status) {
        try (Simulator elsewhere = Simulator.builder().http().anyOrder().start()) {
            URI target =
                    elsewhere.apiUrl().resolve("/v1/customers/" + CUSTOMER + "/orders/" + ORDER);
            int before = simulator.apiLog().size();

            Object outcome = outcome(redirect(status, target));

            assertInvalid(outcome, status);
            assertThat(elsewhere.apiLog().all()).isEmpty();
            assertThat(simulator.apiLog().size()).isEqualTo(before + 1);
        }
    }

    private static ScriptedAnswer redirect(int status, URI target) {
        return Answers.reply(
                new Reply(status, List.of(new Header("Location", target.toString())), new byte[0]));
    }

    // Size and compression --------------------------------------------------------------------

    @Test
    void isTheOrderWhenCompressed() {
        assertThat(outcome(Answers.gzip())).isInstanceOf(Order.class);
    }

    @Test
    void isTheOrderUpToSixteenMebibytes() {
        Object outcome = outcome(Answers.bytes(ofSize(MAX_BYTES)));

        assertThat(((Order) outcome).id()).contains(ORDER);
    }

    @Test
    void isNoOrderBeyondSixteenMebibytes() {
        assertTooLarge(outcome(Answers.bytes(ofSize(MAX_BYTES + 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"big-17", "gzip-bomb-17", "gzip-bomb"})
    void isNoOrderWhenItGrowsTooLarge(String orderId) {
        assertTooLarge(host.outcome(orderId));
    }

    private static void assertTooLarge(Object outcome) {
        assertThat(outcome).isInstanceOf(Problem.class);
        assertThat(((Problem) outcome).type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
        assertThat(((Problem) outcome).detail()).contains("larger than 16 MiB");
    }

    // Cut short -------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"close", "reset", "truncated", "reset-mid-body"})
    void isANetworkFailureWhenCutShort(String orderId) {
        Problem problem = host.problem(orderId);

        assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(problem.upstream()).isNull();
    }

    private static Object outcome(ScriptedAnswer answer) {
        simulator.answer(ORDER, answer);
        return host.outcome(new OrderLookupRequest(CUSTOMER, ORDER));
    }

    private static void assertInvalid(Object outcome, int status) {
        assertThat(outcome).isInstanceOf(Problem.class);
        Problem problem = (Problem) outcome;
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
        assertThat(problem.attempts()).isEqualTo(1);
        assertThat(Objects.requireNonNull(problem.upstream()).status()).isEqualTo(status);
    }

    private static String order(String more) {
        return "{\"id\":\"%s\",\"referenceCustomerId\":\"%s\"%s}".formatted(ORDER, CUSTOMER, more);
    }

    private static byte[] ofSize(int bytes) {
        int rest = bytes - order(",\"padding\":\"\"").length();
        return bytes(order(",\"padding\":\"" + "x".repeat(rest) + "\""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
