package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.JsonTokens;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderFiles;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.orders.CallHeaders;
import io.github.orderlookup.system.security.ControlHeaders;
import io.github.orderlookup.system.security.Ids;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The endpoint {@code direct:order-lookup}, asked by a host that sets {@code partner-center.*}
 * alone.
 */
class DirectEndpointTest {

    private static final String SECRET = "value-that-must-not-leave";

    private static EmbeddedHost host;
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        host = EmbeddedHost.start();
        simulator = host.simulator();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    // What goes in, what comes out ------------------------------------------------------------

    static Stream<Object> requests() {
        String json =
                "{\"customerId\": \"%s\", \"orderId\": \"order--in\", \"more\": [1]}"
                        .formatted(CUSTOMER);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                new OrderLookupRequest(CUSTOMER, "order--in"),
                new OrderLookupRequest(CUSTOMER, "order--in", Instant.now().plusSeconds(60)),
                Map.of("customerId", CUSTOMER, "orderId", "order--in"),
                json,
                "\uFEFF" + json,
                bytes,
                new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answersWithTheOrder(Object request) {
        Object outcome = host.outcome(request);

        assertThat(outcome).isInstanceOf(Order.class);
        assertThat(((Order) outcome).id()).contains("order--in");
        assertThat(((Order) outcome).referenceCustomerId()).contains(CUSTOMER);
    }

    @Test
    void answersWithEveryTokenOfTheOrder() throws Exception {
        byte[] document = OrderFiles.bytes(OrderFiles.all().get(23));
        JsonNode json = new ObjectMapper().readTree(document);
        simulator.answer(json.path("id").asText(), Answers.bytes(document));

        Order order =
                (Order)
                        host.outcome(
                                Map.of(
                                        "customerId",
                                        json.path("referenceCustomerId").asText(),
                                        "orderId",
                                        json.path("id").asText()));

        assertThat(JsonTokens.of(OrderJson.write(order))).isEqualTo(JsonTokens.of(document));
    }

    static Stream<Instant> farDeadlines() {
        return Stream.of(
                Instant.MAX, Instant.MIN, Instant.parse("9999-12-31T23:59:59Z"), Instant.EPOCH);
    }

    @ParameterizedTest
    @MethodSource("farDeadlines")
    void countsWithDeadlinesHoweverFarTheyAre(Instant deadline) {
        Object outcome = host.outcome(new OrderLookupRequest(CUSTOMER, "order--far", deadline));

        if (deadline.isAfter(Instant.now())) {
            assertThat(outcome).isInstanceOf(Order.class);
        } else {
            assertThat(((Problem) outcome).type()).isEqualTo(ProblemType.DEADLINE_EXCEEDED);
        }
    }

    static Stream<Object> noRequests() {
        return Stream.of(
                "",
                "[]",
                "{}",
                "{\"customerId\": \"x\"}",
                42,
                new Object(),
                List.of(),
                Map.of("customerId", CUSTOMER),
                Map.of("customerId", CUSTOMER, "orderId", "../x"),
                Map.of("customerId", CUSTOMER, "orderId", 42),
                Map.of("customerId", CUSTOMER, "orderId", "order--1", "deadline", "tomorrow"),
                new OrderLookupRequest("x", "y"));
    }

    @ParameterizedTest
    @MethodSource("noRequests")
    void throwsWhatIsWrongWithARequest(Object request) {
        int before = simulator.apiLog().size();

        Problem problem = (Problem) host.outcome(request);

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.attempts()).isZero();
        assertThat(problem.requestId()).isNull();
        assertThat(problem.correlationId()).isNotNull();
        assertThat(simulator.apiLog().size()).isEqualTo(before);
    }

    @Test
    void throwsTheProblem() {
        Exchange answer =
                host.send(EmbeddedHost.DIRECT, exchange -> ask(exchange, "http-404-20000"));

        assertThat(answer.getException()).isExactlyInstanceOf(OrderLookupException.class);
        Problem problem = ((OrderLookupException) answer.getException()).problem();
        assertThat(problem.type()).isEqualTo(ProblemType.ORDER_NOT_FOUND);
        assertThat(problem.orderId()).isEqualTo("http-404-20000");
        assertThat(problem.customerId()).isEqualTo(CUSTOMER);
        assertThat(problem.attempts()).isEqualTo(1);
        assertThat(problem.request()).isNull();
        assertThat(problem.upstream()).isNotNull();
    }

    @Test
    void givesUpAtTheDeadlineOfTheRequest() {
        Problem problem =
                (Problem)
                        host.outcome(
                                new OrderLookupRequest(
                                        CUSTOMER, "order--late", Instant.now().minusSeconds(1)));

        assertThat(problem.type()).isEqualTo(ProblemType.DEADLINE_EXCEEDED);
        assertThat(problem.attempts()).isZero();
        assertThat(simulator.apiLog().forOrder("order--late")).isEmpty();
    }

    @Test
    void takesTheCorrelationIdOfTheCallersHeader() {
        String given = UUID.randomUUID().toString();

        host.send(
                EmbeddedHost.DIRECT,
                exchange -> {
                    ask(exchange, "order--correlation");
                    exchange.getMessage().setHeader("MS-CorrelationId", given);
                });

        assertThat(onlyCall("order--correlation").header("MS-CorrelationId")).contains(given);
    }

    // The caller's own ------------------------------------------------------------------------

    private static final Map<String, Object> HEADERS = headers();
    private static final Map<String, Object> PROPERTIES = properties();

    private static Map<String, Object> headers() {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String name :
                List.of(
                        "CamelHttpUri",
                        "CamelHttpUrl",
                        "CamelHttpPath",
                        "CamelHttpQuery",
                        "CamelHttpRawQuery",
                        "CamelHttpMethod",
                        "CamelHttpProtocolVersion",
                        "CamelHttpHost",
                        "CamelHttpPort",
                        "CamelRestHttpUri",
                        "CamelRestHttpQuery",
                        "camelhttpuri2",
                        "CamelBeanMethodName",
                        "CamelJacksonUnmarshalType",
                        "CamelCharsetName",
                        "CamelKafkaOverrideTopic",
                        "kafka.OVERRIDE_TOPIC",
                        "kafka.KEY",
                        "Authorization",
                        "Accept",
                        "Accept-Encoding",
                        "Content-Encoding",
                        "Content-Type",
                        "Content-Length",
                        "Cookie",
                        "Host",
                        "Connection",
                        "Transfer-Encoding",
                        "X-Locale",
                        "MS-RequestId",
                        "MS-CorrelationId",
                        "MS-Contract-Version",
                        "MS-PartnerCenter-Application",
                        "traceparent",
                        "X-Secret")) {
            headers.put(name, SECRET);
        }
        headers.put("CamelHttpResponseCode", 418);
        headers.put("anObject", new Object());
        return headers;
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("order-lookup", "the host's");
        properties.put("order-lookup-permit", "the host's");
        properties.put("order-lookup-http-fault", 404);
        properties.put("CamelCharsetName", "UTF-16");
        properties.put("CamelSkipGzipEncoding", false);
        properties.put("anything", new Object());
        return properties;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order--own",
                "http-500-once--own",
                "http-404--own",
                "http-401--own",
                "close-once--own",
                "not-json--own"
            })
    void givesHeadersAndPropertiesBackUntouched(String orderId) {
        Map<String, Object> properties = new HashMap<>();

        Exchange answer =
                host.send(
                        EmbeddedHost.DIRECT,
                        exchange -> {
                            ask(exchange, orderId);
                            exchange.getMessage().setHeaders(new HashMap<>(HEADERS));
                            PROPERTIES.forEach(exchange::setProperty);
                            properties.putAll(exchange.getAllProperties());
                        });

        assertThat(answer.getMessage().getHeaders()).isEqualTo(HEADERS);
        assertThat(properties).containsAllEntriesOf(PROPERTIES);
        // Camel itself notes where it has sent an exchange.
        properties.put(Exchange.TO_ENDPOINT, "direct://order-lookup");
        assertThat(answer.getAllProperties()).isEqualTo(properties);
        for (Received call : simulator.apiLog().forOrder(orderId)) {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.uri()).isEqualTo("/v1/customers/" + CUSTOMER + "/orders/" + orderId);
            assertThat(call.toString()).doesNotContain(SECRET);
            assertThat(call.headers())
                    .extracting(header -> header.name().toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrderElementsOf(CallHeaders.names());
        }
    }

    /** Every header that steers a component of Camel, in every case. */
    @Test
    void isSteeredByNoControlHeaderAndGivesThemBack() {
        String orderId = "http-500-once--matrix";

        for (UnaryOperator<String> spelling : ControlHeaders.spellings()) {
            Map<String, Object> headers =
                    new HashMap<>(ControlHeaders.headers(spelling, "evil-topic"));

            Exchange answer =
                    host.send(
                            EmbeddedHost.DIRECT,
                            exchange -> {
                                ask(exchange, orderId);
                                exchange.getMessage().setHeaders(new HashMap<>(headers));
                                headers.keySet().forEach(n -> exchange.setProperty(n, "evil"));
                            });

            assertThat(answer.getMessage().getBody()).isInstanceOf(Order.class);
            assertThat(answer.getMessage().getHeaders()).isEqualTo(headers);
        }

        assertThat(simulator.apiLog().forOrder(orderId))
                .hasSizeGreaterThan(4)
                .allSatisfy(
                        call -> {
                            assertThat(call.method()).isEqualTo("GET");
                            assertThat(call.uri())
                                    .isEqualTo("/v1/customers/" + CUSTOMER + "/orders/" + orderId);
                            assertThat(call.toString()).doesNotContain("evil");
                        });
    }

    /** What leaves for an id is the path of the call with it as it is, or nothing leaves. */
    @Test
    void callsForGoodIdsAloneAndAsTheyAre() {
        List<Ids.Pair> pairs = Ids.pairs(20_261_125, 400);
        int before = simulator.apiLog().size();

        for (Ids.Pair pair : pairs) {
            Object outcome =
                    host.outcome(new OrderLookupRequest(pair.customerId(), pair.orderId()));

            assertThat(outcome)
                    .as(pair.toString())
                    .isInstanceOf(pair.isGood() ? Order.class : Problem.class);
        }

        assertThat(simulator.apiLog().all().subList(before, simulator.apiLog().size()))
                .extracting(Received::uri)
                .containsExactlyElementsOf(
                        pairs.stream().filter(Ids.Pair::isGood).map(Ids.Pair::path).toList());
    }

    @Test
    void leavesTheBodyOfAFailedCallerAsItWas() {
        Object body = Map.of("customerId", CUSTOMER, "orderId", "http-404-20000");

        Exchange answer =
                host.send(EmbeddedHost.DIRECT, exchange -> exchange.getMessage().setBody(body));

        assertThat(answer.getMessage().getBody()).isSameAs(body);
        assertThat(answer.getException()).isInstanceOf(OrderLookupException.class);
    }

    @Test
    void answersAOneWayCallerToo() {
        Exchange answer =
                host.send(
                        EmbeddedHost.DIRECT,
                        exchange -> {
                            exchange.setPattern(ExchangePattern.InOnly);
                            ask(exchange, "order--one-way");
                        });

        assertThat(answer.getMessage().getBody()).isInstanceOf(Order.class);
        assertThat(answer.getPattern()).isEqualTo(ExchangePattern.InOnly);
    }

    // Many ------------------------------------------------------------------------------------

    @Test
    void answersFiftyAtOnce() {
        simulator.alwaysAnswerAll(Answers.delayed(Duration.ofMillis(400)));
        simulator.resetPeak();

        List<CompletableFuture<Object>> outcomes =
                IntStream.range(0, 50)
                        .mapToObj(n -> new OrderLookupRequest(CUSTOMER, "order--fifty-" + n))
                        .map(host::outcomeLater)
                        .toList();

        assertThat(outcomes)
                .extracting(CompletableFuture::join)
                .extracting(outcome -> ((Order) outcome).id().orElseThrow())
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(n -> "order--fifty-" + n).toList());
        assertThat(simulator.peakInFlight()).isGreaterThan(25);
        simulator.answerNormally();
    }

    // Nothing else ----------------------------------------------------------------------------

    @Test
    void startsNoOtherEndpoint() {
        assertThat(host.context().getRoutes())
                .extracting(org.apache.camel.Route::getRouteId)
                .containsExactlyInAnyOrder(
                        "order-lookup",
                        "order-lookup-request",
                        "order-lookup-attempt",
                        "order-lookup-looks");
        assertThat(host.context().getEndpoints())
                .extracting(org.apache.camel.Endpoint::getEndpointUri)
                .allMatch(
                        uri ->
                                uri.startsWith("direct://order-lookup")
                                        || uri.startsWith("order-lookup-http://"));
    }

    @Test
    void addsNothingToTheHostButUnderItsOwnName() {
        assertThat(host.context().getComponentNames())
                .filteredOn(name -> !name.startsWith("order-lookup"))
                .containsExactly("direct");
        assertThat(host.context().hasComponent("http")).isNull();
        assertThat(host.context().hasComponent("https")).isNull();
        assertThat(host.context().hasComponent("kafka")).isNull();
    }

    private static void ask(Exchange exchange, String orderId) {
        exchange.getMessage().setBody(new OrderLookupRequest(CUSTOMER, orderId));
    }

    private static Received onlyCall(String orderId) {
        List<Received> calls = simulator.apiLog().forOrder(orderId);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }
}
