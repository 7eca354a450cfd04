package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;

/** Both endpoints off: the host calls direct:order-lookup, and nothing else of it changes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureObservability
class EndpointsOffTest {

    private static final String CUSTOMER = "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13";

    @Autowired private CamelContext camel;
    @Autowired private ProducerTemplate template;
    @Autowired private ApplicationContext spring;
    @Autowired private Environment environment;
    @Autowired private TestRestTemplate http;

    @Test
    void answersARouteOfTheHost() {
        Object answer = template.requestBody("direct:host-order", request("order--spring"));

        assertThat(answer).isEqualTo("hello order--spring");
    }

    @Test
    void answersJava() {
        Order order =
                template.requestBody(
                        "direct:order-lookup",
                        new OrderLookupRequest(CUSTOMER, "order--java"),
                        Order.class);

        assertThat(order.id()).contains("order--java");
    }

    @Test
    void leavesFailuresToTheDeadLetterChannelOfTheHost() {
        Object answer = template.requestBody("direct:host-order", request("http-404-20000"));

        assertThat(answer).isEqualTo("failed: ORDER_NOT_FOUND");
    }

    @Test
    void leavesOnExceptionOfTheHost() {
        assertThat(template.requestBody("direct:host-arithmetic", "")).isEqualTo("host handled it");
    }

    @Test
    void addsRoutesOfItsOwnNameOnly() {
        assertThat(camel.getRoutes())
                .extracting(Route::getRouteId)
                .containsExactlyInAnyOrder(
                        "host-order",
                        "host-arithmetic",
                        "host-failures",
                        "host-http",
                        "order-lookup",
                        "order-lookup-request",
                        "order-lookup-attempt",
                        "order-lookup-looks");
    }

    @Test
    void makesNoKafkaComponentAndNoEndpointOfOthers() {
        assertThat(camel.getComponentNames())
                .filteredOn(name -> !name.startsWith("order-lookup"))
                .as("spring-event is of Camel Spring Boot")
                .containsExactlyInAnyOrder("direct", "bean", "platform-http", "spring-event");
        assertThat(camel.getEndpoints())
                .extracting(Endpoint::getEndpointUri)
                .allMatch(
                        uri ->
                                uri.matches(
                                        "direct://(host|order-lookup).*|order-lookup-http://.*"
                                                + "|platform-http:///host/orders.*|bean://host.*"));
    }

    @Test
    void putsNoBeanIntoSpring() {
        assertThat(Arrays.asList(spring.getBeanDefinitionNames()))
                .noneMatch(name -> name.contains("rderLookup") || name.startsWith("order-lookup"));
    }

    @Test
    void leavesThePropertiesOfTheHost() {
        assertThat(
                        camel.resolvePropertyPlaceholders(
                                "{{host.greeting}} {{request-topic}} {{group-id}}"))
                .isEqualTo("hello of the host of the host");
        assertThat(environment.getProperty("order-lookup.deadline")).isNull();
        assertThat(camel.getName()).isEqualTo("host");
    }

    @Test
    void leavesTheWebServerOfTheHost() {
        assertThat(http.getForObject("/host/page", String.class)).isEqualTo("page of the host");
        assertThat(
                        http.getForObject(
                                "/host/orders?customer={customer}&order=order--http",
                                String.class,
                                CUSTOMER))
                .isEqualTo("hello order--http");
        assertThat(
                        http.getForEntity(
                                        "/v1/customers/{customer}/orders/order--http",
                                        String.class,
                                        CUSTOMER)
                                .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void leavesTheJsonOfTheHost() throws Exception {
        assertThat(spring.getBeansOfType(ObjectMapper.class)).hasSize(1);
        assertThat(spring.getBean(ObjectMapper.class).readValue("{\"unknown\": 1}", Known.class))
                .isNotNull();
    }

    @Test
    void isHealthyInTheActuator() {
        assertThat(http.getForObject("/actuator/health", Map.class)).containsEntry("status", "UP");
        assertThat(List.of("/actuator/health/liveness", "/actuator/health/readiness"))
                .allSatisfy(
                        path ->
                                assertThat(http.getForEntity(path, String.class).getStatusCode())
                                        .isEqualTo(HttpStatus.OK));
    }

    @Test
    void isMeasuredInTheActuator() {
        template.requestBody("direct:order-lookup", request("order--metrics"));

        assertThat(http.getForObject("/actuator/prometheus", String.class))
                .contains("order_lookup_lookups_total{")
                .contains("order_lookup_calls_in_flight_limit");
    }

    private static Map<String, String> request(String orderId) {
        return Map.of("customerId", CUSTOMER, "orderId", orderId);
    }

    record Known() {}
}
