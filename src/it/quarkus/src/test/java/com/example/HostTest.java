package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;

/**
 * JVM mode, both endpoints off: the host calls direct:order-lookup, and nothing else of it changes.
 */
@QuarkusTest
class HostTest {

    private static final String CUSTOMER = "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13";

    @Inject CamelContext camel;
    @Inject ProducerTemplate template;

    @Test
    void answersARouteOfTheHost() {
        assertEquals(
                "hello order--quarkus",
                template.requestBody("direct:host-order", request("order--quarkus")));
    }

    @Test
    void answersJava() {
        Order order =
                template.requestBody(
                        "direct:order-lookup",
                        new OrderLookupRequest(CUSTOMER, "order--java"),
                        Order.class);

        assertEquals("order--java", order.id().orElseThrow());
    }

    @Test
    void leavesFailuresToTheDeadLetterChannelOfTheHost() {
        assertEquals(
                "failed: ORDER_NOT_FOUND",
                template.requestBody("direct:host-order", request("http-404-20000")));
    }

    @Test
    void addsRoutesAndComponentsOfItsOwnNameOnly() {
        assertEquals(
                Set.of(
                        "host-order",
                        "host-failures",
                        "order-lookup",
                        "order-lookup-request",
                        "order-lookup-attempt",
                        "order-lookup-looks"),
                camel.getRoutes().stream().map(Route::getRouteId).collect(Collectors.toSet()));
        assertTrue(
                Set.of("direct", "bean", "order-lookup-http")
                        .containsAll(camel.getComponentNames()),
                () -> "components: " + camel.getComponentNames());
    }

    private static Map<String, String> request(String orderId) {
        return Map.of("customerId", CUSTOMER, "orderId", orderId);
    }
}
