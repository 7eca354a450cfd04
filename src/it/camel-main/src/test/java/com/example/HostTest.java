package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar on the class path, both endpoints off: only direct:order-lookup is there. */
class HostTest {

    private static final String CUSTOMER = "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13";

    private static Main main;
    private static CamelContext camel;
    private static ProducerTemplate template;

    @BeforeAll
    static void start() throws Exception {
        main = HostApplication.host();
        main.start();
        camel = main.getCamelContext();
        template = main.getCamelTemplate();
    }

    @AfterAll
    static void stop() {
        main.stop();
    }

    @Test
    void answersARouteOfTheHost() {
        assertThat(ask("order--main")).isEqualTo("hello order--main");
    }

    @Test
    void givesTheHostTheProblem() {
        assertThat(ask("http-404-20000"))
                .contains("\"type\":\"urn:order-lookup:problem:order-not-found\"");
    }

    @Test
    void leavesTheErrorHandlerOfTheHost() {
        assertThat(template.requestBody("direct:host-broken", "", String.class))
                .isEqualTo("failed of the host");
    }

    @Test
    void addsRoutesOfItsOwnNameOnly() {
        assertThat(camel.getRoutes())
                .extracting(Route::getRouteId)
                .containsExactlyInAnyOrder(
                        "host-order",
                        "host-broken",
                        "host-failures",
                        "order-lookup",
                        "order-lookup-request",
                        "order-lookup-attempt",
                        "order-lookup-looks");
    }

    @Test
    void addsComponentsOfItsOwnNameOnly() {
        assertThat(camel.getComponentNames())
                .containsExactlyInAnyOrder("direct", "log", "bean", "order-lookup-http");
        assertThat(camel.getEndpoints())
                .extracting(Endpoint::getEndpointUri)
                .allMatch(
                        uri ->
                                uri.matches(
                                        "direct://(host|order-lookup)-?.*|log://host|order-lookup-http://.*"));
    }

    @Test
    void addsBeansOfItsOwnNameOnly() {
        Set<String> names = camel.getRegistry().findByTypeWithName(Object.class).keySet();

        assertThat(names)
                .contains("order-lookup")
                .filteredOn(name -> !name.startsWith("order-lookup"))
                .as("the others are Camel's")
                .containsExactlyInAnyOrder(
                        "global-variable-repository", "route-variable-repository");
    }

    @Test
    void leavesThePropertiesAndTheNameOfTheHost() {
        assertThat(camel.getName()).isEqualTo("host");
        assertThat(camel.resolvePropertyPlaceholders("{{host.greeting}} {{request-topic}}"))
                .isEqualTo("hello of the host");
    }

    @Test
    void startsNoThreadAndNoServerThatAHostDidNotAskFor() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("vert.x") || name.contains("kafka"));
    }

    private static String ask(String orderId) {
        return template.requestBodyAndHeaders(
                "direct:host-order",
                "",
                Map.of("customer", CUSTOMER, "order", orderId),
                String.class);
    }
}
