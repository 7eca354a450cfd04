package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kamelet {@code order-lookup-action}: JSON in, JSON out, by itself, in a route, in a Pipe. */
class KameletTest {

    private static final String KAMELET = "kamelet:order-lookup-action";

    private static EmbeddedHost host;

    @BeforeAll
    static void start() {
        host =
                EmbeddedHost.builder()
                        .setting(
                                "camel.main.routes-include-pattern",
                                "classpath:camel/*,classpath:pipes/order-lookup.pipe.yaml")
                        .routes(hostRoutes())
                        .start();
    }

    private static RouteBuilder hostRoutes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:pipe-failures")
                        .setBody(simple("${exception.problem.toJson}"))
                        .to("mock:pipe-failures");
                from("direct:step")
                        .onException(OrderLookupException.class)
                        .handled(true)
                        .setBody(constant("handled by the host"))
                        .end()
                        .kamelet("order-lookup-action");
                from("direct:endpoint")
                        .errorHandler(deadLetterChannel("direct:host-failures"))
                        .to(KAMELET)
                        .convertBodyTo(String.class);
                from("direct:host-failures").setBody(constant("handled by the host"));
            }
        };
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void answersWithTheOrderAsJsonWithoutLoss() {
        Order order = (Order) host.outcome(new OrderLookupRequest(CUSTOMER, "order--json"));

        byte[] json = host.template().requestBody(KAMELET, request("order--json"), byte[].class);

        assertThat(json).isEqualTo(OrderJson.write(order));
    }

    @Test
    void readsTheRequestFromTextBytesAndMap() {
        String text = request("order--forms");

        assertThat(id(text)).isEqualTo("order--forms");
        assertThat(id(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("order--forms");
        assertThat(id(Map.of("customerId", CUSTOMER, "orderId", "order--forms")))
                .isEqualTo("order--forms");
    }

    @Test
    void addsTheContentTypeAndLeavesOtherHeaders() {
        Exchange answer =
                host.send(
                        KAMELET,
                        exchange -> {
                            exchange.getMessage().setBody(request("order--headers"));
                            exchange.getMessage().setHeader("kafka.KEY", "of the source");
                            exchange.getMessage().setHeader("X-Own", 1);
                        });

        assertThat(answer.getMessage().getHeaders())
                .containsOnly(
                        Map.entry("kafka.KEY", "of the source"),
                        Map.entry("X-Own", 1),
                        Map.entry("Content-Type", "application/json"));
    }

    @Test
    void throwsTheProblem() {
        assertThatThrownBy(() -> id(request("http-404-20000")))
                .satisfies(
                        thrown ->
                                assertThat(EmbeddedHost.problem(thrown).type())
                                        .isEqualTo(ProblemType.ORDER_NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:step", "direct:endpoint"})
    void servesRoutesAndLeavesFailuresToThem(String route) {
        assertThat(host.template().requestBody(route, request("order--route"), String.class))
                .contains("\"order--route\"");
        assertThat(host.outcome(route, request("http-403-20002--route")))
                .isEqualTo("handled by the host");
    }

    @Test
    void standsBetweenSourceAndSinkOfAPipe() throws Exception {
        MockEndpoint sink = mock("mock:pipe-sink");
        sink.expectedMessageCount(1);

        host.template().sendBody("direct:pipe-source", request("order--piped"));

        sink.assertIsSatisfied();
        assertThat(sink.getExchanges().get(0).getMessage().getBody(String.class))
                .startsWith("{")
                .contains("\"order--piped\"");
    }

    @Test
    void leavesAFailureToTheErrorHandlerOfThePipe() throws Exception {
        MockEndpoint sink = mock("mock:pipe-sink");
        sink.expectedMessageCount(0);
        MockEndpoint failures = mock("mock:pipe-failures");
        failures.expectedMessageCount(1);

        host.template().sendBody("direct:pipe-source", request("http-404-20000--piped"));

        failures.assertIsSatisfied();
        sink.assertIsSatisfied();
        JsonNode problem =
                new ObjectMapper()
                        .readTree(
                                failures.getExchanges().get(0).getMessage().getBody(byte[].class));
        assertThat(problem.path("type").asText())
                .isEqualTo("urn:order-lookup:problem:order-not-found");
    }

    private static MockEndpoint mock(String uri) {
        MockEndpoint endpoint = host.context().getEndpoint(uri, MockEndpoint.class);
        endpoint.reset();
        return endpoint;
    }

    private static String id(Object request) throws RuntimeException {
        String json = host.template().requestBody(KAMELET, request, String.class);
        try {
            return new ObjectMapper().readTree(json).path("id").asText();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String request(String orderId) {
        return "{\"customerId\": \"%s\", \"orderId\": \"%s\"}".formatted(CUSTOMER, orderId);
    }
}
