package com.example;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import org.apache.camel.builder.RouteBuilder;

/** The host's routes, which handle a problem of a lookup and any other failure each in its way. */
final class HostRoutes extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(deadLetterChannel("direct:host-failures"));
        onException(OrderLookupException.class)
                .handled(true)
                .setBody(simple("${exception.problem.toJson}"));

        from("direct:host-order")
                .routeId("host-order")
                .process(
                        exchange ->
                                exchange.getMessage()
                                        .setBody(
                                                new OrderLookupRequest(
                                                        exchange.getMessage()
                                                                .getHeader(
                                                                        "customer", String.class),
                                                        exchange.getMessage()
                                                                .getHeader("order", String.class))))
                .to("direct:order-lookup")
                .process(
                        exchange -> {
                            Order order = exchange.getMessage().getBody(Order.class);
                            exchange.getMessage().setBody(order.id().orElse("an order without id"));
                        })
                .setBody(simple("{{host.greeting}} ${body}"))
                .to("log:host");

        from("direct:host-broken")
                .routeId("host-broken")
                .throwException(IllegalStateException.class, "of the host");

        from("direct:host-failures")
                .routeId("host-failures")
                .setBody(simple("failed ${exception.message}"));
    }
}
