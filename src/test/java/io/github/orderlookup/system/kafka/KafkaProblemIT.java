package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.ScriptedAnswer;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem that a record can end in, each through the topic, asked for all at once. */
class KafkaProblemIT {
    private static final String UNKNOWN = "00000000-1111-4222-8333-444444444444";

    /** By order id: the type that it ends in, and the status and code upstream if any. */
    private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("http-400", "invalid-request 400 2000");
        EXPECTED.put("http-400-2205", "customer-not-found 400 2205");
        EXPECTED.put("http-400-900118", "customer-not-found 400 900118");
        EXPECTED.put("http-401-900420", "authentication-failed 401 900420");
        EXPECTED.put("http-401-900421", "authentication-failed 401 900421");
        EXPECTED.put("http-403", "access-denied 403 20002");
        EXPECTED.put("http-404", "order-not-found 404 20000");
        EXPECTED.put("http-404-60003", "customer-not-found 404 60003");
        EXPECTED.put("second-404-800002", "order-not-found 404 800002");
        EXPECTED.put("no-such-order", "order-not-found 404 20000");
        EXPECTED.put("empty-404", "invalid-upstream-response 404");
        EXPECTED.put("html-404", "invalid-upstream-response 404");
        EXPECTED.put("redirect", "invalid-upstream-response 302");
        EXPECTED.put("http-409", "invalid-upstream-response 409 800060");
        EXPECTED.put("empty-204", "invalid-upstream-response 204");
        EXPECTED.put("empty-200", "invalid-upstream-response 200");
        EXPECTED.put("html-200", "invalid-upstream-response 200");
        EXPECTED.put("not-json", "invalid-upstream-response 200");
        EXPECTED.put("wrong-order", "invalid-upstream-response 200");
        EXPECTED.put("scripted-customer", "invalid-upstream-response 200");
        EXPECTED.put("scripted-duplicate", "invalid-upstream-response 200");
        EXPECTED.put("scripted-trailing", "invalid-upstream-response 200");
        EXPECTED.put("scripted-array", "invalid-upstream-response 200");
        EXPECTED.put("scripted-null", "invalid-upstream-response 200");
        EXPECTED.put("scripted-cut", "invalid-upstream-response 200");
        EXPECTED.put("scripted-deep", "invalid-upstream-response 200");
        EXPECTED.put("scripted-latin1", "invalid-upstream-response 200");
        EXPECTED.put("big-17", "invalid-upstream-response");
        EXPECTED.put("gzip-bomb-17", "invalid-upstream-response");
        EXPECTED.put("http-408", "upstream-unavailable 408 0");
        EXPECTED.put("http-500", "upstream-unavailable 500 800003");
        EXPECTED.put("html-502", "upstream-unavailable 502");
        EXPECTED.put("second-503-7-final", "upstream-unavailable 503 7");
        EXPECTED.put("empty-504", "upstream-unavailable 504");
        EXPECTED.put("close", "upstream-unavailable");
        EXPECTED.put("reset", "upstream-unavailable");
        EXPECTED.put("reset-mid-body", "upstream-unavailable");
        EXPECTED.put("truncated", "upstream-unavailable");
        EXPECTED.put("hang", "upstream-timeout");
        EXPECTED.put("hang-mid-body", "upstream-timeout");
        EXPECTED.put("slow-100", "upstream-timeout");
        EXPECTED.put("throttled-unsaid", "throttled 429");
        EXPECTED.put("big-1", "outcome-too-large");
    }

    private static final Map<String, RecordMetadata> ASKED = new LinkedHashMap<>();
    private static RunningService service;
    private static Asker asker;

    @BeforeAll
    static void askForAll() {
        RunningService.Builder builder =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi())
                        .setting("order-lookup.max-attempts", "1")
                        .setting("partner-center.response-timeout", "5s");
        service =
                builder.topic(builder.topics().results(), 1, Map.of("max.message.bytes", "8192"))
                        .start();
        asker = new Asker(service);
        asker.ask(request("order--warm-up"));
        script("scripted-customer", order("scripted-customer", UNKNOWN, ""));
        script("scripted-duplicate", order("scripted-duplicate", CUSTOMER, ", \"id\": \"2\""));
        script("scripted-trailing", order("scripted-trailing", CUSTOMER, "") + "{}");
        script("scripted-array", "[" + order("scripted-array", CUSTOMER, "") + "]");
        script("scripted-null", "null");
        script("scripted-cut", order("scripted-cut", CUSTOMER, "").replace("}", ""));
        String deep = "[".repeat(101) + "]".repeat(101);
        script("scripted-deep", order("scripted-deep", CUSTOMER, ", \"x\": " + deep));
        service.simulator()
                .alwaysAnswer(
                        "scripted-latin1",
                        Answers.bytes(
                                order("scripted-latin1", CUSTOMER, ", \"x\": \"é\"")
                                        .getBytes(StandardCharsets.ISO_8859_1)));
        EXPECTED.keySet().forEach(orderId -> ASKED.put(orderId, asker.send(request(orderId))));
    }

    @AfterAll
    static void close() {
        asker.close();
        service.close();
    }

    static Stream<Arguments> expected() {
        return EXPECTED.entrySet().stream().map(e -> arguments(e.getKey(), e.getValue()));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void endsInItsProblem(String orderId, String expected) {
        Outcome outcome = asker.outcome(ASKED.get(orderId));

        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        JsonNode problem = outcome.json();
        JsonNode upstream = problem.path("upstream");
        assertThat(
                        "%s %s %s"
                                .formatted(
                                        outcome.kind(),
                                        upstream.path("status").asText(),
                                        upstream.path("code").asText())
                                .strip())
                .as(problem.toString())
                .isEqualTo(expected);
        assertIsWhole(problem, outcome.kind());
        assertThat(problem.path("attempts").intValue()).isEqualTo(1);
        assertThat(problem.path("customerId").asText()).isEqualTo(CUSTOMER);
        assertThat(problem.path("orderId").asText()).isEqualTo(orderId);
        assertThat(outcome.headerNames()).contains("MS-RequestId", "ce_subject");
    }

    @Test
    void doesNotKnowACustomerThatPartnerCenterDoesNotKnow() {
        Outcome outcome = asker.ask(request(UNKNOWN, "no-such-order"));

        assertThat(outcome.kind()).isEqualTo("customer-not-found");
    }

    @Test
    void makesNoCallOnceTheDeadlineHasPassed() {
        Outcome outcome = asker.ask(withDeadline("order--late", Instant.now().minusSeconds(1)));

        assertThat(outcome.kind()).isEqualTo("deadline-exceeded");
        assertThat(outcome.json().path("attempts").intValue()).isZero();
        assertThat(outcome.headerNames()).doesNotContain("MS-RequestId");
        assertThat(service.simulator().apiLog().forOrder("order--late")).isEmpty();
        assertIsWhole(outcome.json(), "deadline-exceeded");
    }

    @Test
    void endsACallThatIsUnderWayAtTheDeadline() {
        Outcome outcome = asker.ask(withDeadline("hang--late", Instant.now().plusSeconds(2)));

        assertThat(outcome.kind()).isEqualTo("deadline-exceeded");
        assertIsWhole(outcome.json(), "deadline-exceeded");
        assertThat(outcome.json().path("attempts").intValue()).isEqualTo(1);
        assertThat(outcome.headerNames()).contains("MS-RequestId");
    }

    @Test
    void answersLongBeforeADeadlineInTheFarFuture() {
        Outcome outcome =
                asker.ask(
                        "{\"customerId\": \"%s\", \"orderId\": \"order--far\", \"deadline\": \"9999-12-31T23:59:59Z\"}"
                                .formatted(CUSTOMER));

        assertThat(outcome.kind()).isEqualTo("found");
    }

    static Stream<Arguments> malformed() {
        String guid = CUSTOMER;
        return Stream.of(
                arguments("empty", ""),
                arguments("empty", "  "),
                arguments("not JSON", "no JSON"),
                arguments("not JSON", "{\"customerId\": \"" + guid),
                arguments("object", "[]"),
                arguments("object", "null"),
                arguments("object", "\"text\""),
                arguments("object", "[" + request("order--1") + "]"),
                arguments("customerId", "{}"),
                arguments("orderId", "{\"customerId\": \"" + guid + "\"}"),
                arguments("customerId", "{\"orderId\": \"order--1\"}"),
                arguments("customerId", "{\"customerId\": 1, \"orderId\": \"order--1\"}"),
                arguments("customerId", "{\"customerId\": null, \"orderId\": \"order--1\"}"),
                arguments("customerId", request("{" + guid + "}", "order--1")),
                arguments("customerId", request(guid.replace("-", ""), "order--1")),
                arguments("customerId", request("../" + guid, "order--1")),
                arguments("orderId", request("")),
                arguments("orderId", request("a/b")),
                arguments("orderId", request("..")),
                arguments("orderId", request("a%2Fb")),
                arguments("orderId", request("a b")),
                arguments("orderId", request("é")),
                arguments("orderId", request("x".repeat(65))),
                arguments("orderId", "{\"customerId\": \"" + guid + "\", \"orderId\": 12345}"),
                arguments(
                        "orderId",
                        "{\"customerId\": \"%s\", \"orderId\": \"a\", \"orderId\": \"a\"}"
                                .formatted(guid)),
                arguments("twice", request("order--1").replace("}", ", \"x\": 1, \"x\": 1}")),
                arguments("end", request("order--1") + "{}"),
                arguments("not JSON", request("order--1") + " x"),
                arguments("deadline", withDeadline("order--1", "tomorrow")),
                arguments("deadline", withDeadline("order--1", "2026-02-30T00:00:00Z")),
                arguments("deadline", withDeadline("order--1", "2026-01-31T12:00:00")),
                arguments("deadline", request("order--1").replace("}", ", \"deadline\": 5}")),
                arguments("deep", "{\"x\": " + "[".repeat(2000)),
                arguments("UTF-8", request("order--1") + "\uFFFF"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAMalformedRequestAndShowsIt(String named, String value) {
        byte[] bytes = bytes(value);
        if (named.equals("UTF-8")) {
            bytes[bytes.length - 1] = (byte) 0xFF;
        }
        int calls = service.simulator().apiLog().size();
        RecordMetadata asked = asker.send(bytes("a-key"), bytes);

        Outcome outcome = asker.outcome(asked);

        assertRefused(outcome, asked, Arrays.copyOf(bytes, Math.min(bytes.length, 1_024)));
        assertThat(outcome.json().path("detail").asText()).containsIgnoringCase(named);
        assertThat(service.simulator().apiLog().size()).isEqualTo(calls);
    }

    @Test
    void refusesATombstone() {
        RecordMetadata asked = asker.send(bytes("a-key"), null);

        Outcome outcome = asker.outcome(asked);

        assertRefused(outcome, asked, null);
    }

    @Test
    void showsTheBeginningOfALongUnreadableRequest() {
        byte[] noise = new byte[900_000];
        Arrays.fill(noise, (byte) 0xC3);
        RecordMetadata asked = asker.send((byte[]) null, noise);

        Outcome outcome = asker.outcome(asked);

        assertRefused(outcome, asked, Arrays.copyOf(noise, 1_024));
    }

    @Test
    void takesAByteOrderMarkAndUnknownMembers() {
        String value = request("order--bom").replace("}", ", \"x\": {\"a\": [1e999]}}");

        assertThat(asker.ask("\uFEFF" + value).kind()).isEqualTo("found");
    }

    @Test
    void keepsTheCaseOfBothIds() {
        Outcome outcome =
                asker.ask(request(CUSTOMER.toUpperCase(java.util.Locale.ROOT), "order--aB"));

        assertThat(outcome.kind()).isEqualTo("found");
        assertThat(service.simulator().apiLog().forOrder("order--aB"))
                .singleElement()
                .satisfies(
                        call ->
                                assertThat(call.path())
                                        .contains(CUSTOMER.toUpperCase(java.util.Locale.ROOT)));
    }

    private static void assertRefused(Outcome outcome, RecordMetadata asked, byte[] shown) {
        JsonNode problem = outcome.json();
        assertThat(outcome.topic()).isEqualTo(service.topics().errors());
        assertThat(outcome.kind()).as(problem.toString()).isEqualTo("invalid-request");
        assertIsWhole(problem, "invalid-request");
        assertThat(problem.path("attempts").intValue()).isZero();
        JsonNode origin = problem.path("request");
        assertThat(origin.path("topic").asText()).isEqualTo(asked.topic());
        assertThat(origin.path("partition").intValue()).isEqualTo(asked.partition());
        assertThat(origin.path("offset").longValue()).isEqualTo(asked.offset());
        assertThat(origin.has("value")).isEqualTo(shown != null);
        if (shown != null) {
            assertThat(Base64.getDecoder().decode(origin.path("value").asText())).isEqualTo(shown);
        }
        assertThat(outcome.headerNames()).doesNotContain("ce_subject", "MS-RequestId");
    }

    private static void assertIsWhole(JsonNode problem, String kind) {
        ProblemType type =
                Arrays.stream(ProblemType.values())
                        .filter(candidate -> candidate.urn().endsWith(":" + kind))
                        .findFirst()
                        .orElseThrow();
        assertThat(problem.path("type").asText()).isEqualTo("urn:order-lookup:problem:" + kind);
        assertThat(problem.path("status").intValue()).isEqualTo(type.status());
        assertThat(problem.path("title").asText()).isEqualTo(type.title());
        assertThat(problem.path("retryable").booleanValue()).isEqualTo(type.retryable());
        assertThat(problem.path("correlationId").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText())
                .isNotEmpty()
                .doesNotContain("Exception", "java", "http://", "https://", "Bearer")
                .doesNotContain(Simulator.CLIENT_SECRET);
    }

    private static String withDeadline(String orderId, Instant deadline) {
        return withDeadline(orderId, deadline.toString());
    }

    private static String withDeadline(String orderId, String deadline) {
        return request(orderId).replace("}", ", \"deadline\": \"" + deadline + "\"}");
    }

    private static void script(String orderId, String body) {
        ScriptedAnswer answer = Answers.json(200, body);
        service.simulator().alwaysAnswer(orderId, answer);
    }

    private static String order(String id, String customerId, String more) {
        return "{\"id\": \"%s\", \"referenceCustomerId\": \"%s\"%s}"
                .formatted(id, customerId, more);
    }
}
