package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.order.JsonTokens;
import io.github.orderlookup.order.OrderFiles;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.orders.CallHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Found Orders at the REST endpoint: the document, its headers, and the call behind it. */
class RestOrdersIT {

    private static final Path PUBLISHED =
            Path.of(System.getProperty("shared.samples", "../shared/samples"), "orders");

    private final RawHttp http = OpenRestEndpoint.http();
    private final Simulator simulator = OpenRestEndpoint.simulator();

    /** Tests do not meet each other's throttling. */
    private final String customer = UUID.randomUUID().toString();

    @TestFactory
    Stream<DynamicTest> answersWithEveryTokenThatPartnerCenterSent() {
        return Stream.concat(OrderFiles.all().stream(), OrderFiles.in(PUBLISHED).stream())
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> answersWithEveryTokenOf(OrderFiles.bytes(file))));
    }

    private void answersWithEveryTokenOf(byte[] file) throws IOException {
        byte[] document =
                new String(file, StandardCharsets.UTF_8)
                        .replace("<customer-tenant-id>", customer)
                        .getBytes(StandardCharsets.UTF_8);
        JsonNode order = new ObjectMapper().readTree(document);
        String id = order.path("id").asText("an-order");
        String owner = order.path("referenceCustomerId").asText(customer);
        simulator.answer(id, Answers.bytes(document));

        RawAnswer answer = http.get(Paths.order(owner, id));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(JsonTokens.of(answer.body())).isEqualTo(JsonTokens.of(document));
    }

    @Test
    void answersWithNoHeadersButItsOwn() {
        RawAnswer answer =
                http.get(
                        path("order--headers"),
                        "Cookie: a=b",
                        "X-Forwarded-For: 10.0.0.1",
                        "X-Custom: custom",
                        "Set-Cookie: c=d",
                        "Accept-Encoding: gzip");

        assertThat(answer.headerNames())
                .containsExactlyInAnyOrder(
                        "cache-control",
                        "content-length",
                        "content-type",
                        "ms-correlationid",
                        "ms-requestid");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("MS-CorrelationId").orElseThrow()).matches(OpenRestEndpoint.GUID);
        assertThat(answer.header("MS-RequestId"))
                .isEqualTo(OpenRestEndpoint.onlyCall("order--headers").header("MS-RequestId"));
    }

    @Test
    void keepsTheCorrelationIdOfTheCaller() {
        String given = UUID.randomUUID().toString();

        RawAnswer answer = http.get(path("order--correlated"), "ms-correlationid: " + given);

        assertThat(answer.header("MS-CorrelationId")).contains(given);
        assertThat(OpenRestEndpoint.onlyCall("order--correlated").header("MS-CorrelationId"))
                .contains(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-guid", "{6c1a1d5e-3f0b-4a55-9d0e-0d6a3e5f7b21}", ""})
    void makesACorrelationIdWhereNoneIsGiven(String given) {
        String id = "order--made-" + Math.abs(given.hashCode());

        RawAnswer answer = http.get(path(id), "MS-CorrelationId: " + given);

        String made = answer.header("MS-CorrelationId").orElseThrow();
        assertThat(made).matches(OpenRestEndpoint.GUID).isNotEqualTo(given);
        assertThat(OpenRestEndpoint.onlyCall(id).header("MS-CorrelationId")).contains(made);
    }

    @Test
    void callsWithThePathAndTheHeadersOfTheCallAlone() {
        http.get(path("order--wire"));

        Received call = OpenRestEndpoint.onlyCall("order--wire");
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.uri()).isEqualTo(path("order--wire") + "?include_price=true");
        assertThat(call.body()).isEmpty();
        assertThat(OpenRestEndpoint.headerNames(call))
                .containsExactlyInAnyOrderElementsOf(CallHeaders.names());
        assertThat(call.header("Accept")).contains("application/json");
        assertThat(call.header("MS-Contract-Version")).contains("v1");
        assertThat(call.header("X-Locale")).contains("en-US");
        assertThat(call.header("Host")).contains(simulator.apiUrl().getAuthority());
        assertThat(call.header("MS-RequestId").orElseThrow()).matches(OpenRestEndpoint.GUID);
    }

    /** The threads of the HTTP server are 20 by default, whatever the call slots. */
    @Test
    void callsForManyAtOnce() {
        simulator.alwaysAnswerAll(Answers.delayed(Duration.ofSeconds(1)));
        simulator.resetPeak();

        List<CompletableFuture<RawAnswer>> calls =
                IntStream.range(0, 60)
                        .mapToObj(n -> path("order--many-" + n))
                        .map(path -> Background.call(() -> http.get(path)))
                        .toList();

        assertThat(calls)
                .extracting(CompletableFuture::join)
                .extracting(RawAnswer::status)
                .containsOnly(200);
        assertThat(simulator.peakInFlight()).isGreaterThan(20);
        simulator.answerNormally();
    }

    private String path(String orderSegment) {
        return Paths.order(customer, orderSegment);
    }
}
