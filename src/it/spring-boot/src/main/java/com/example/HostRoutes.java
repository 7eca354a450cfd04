package com.example;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The host's routes, each failure of which goes to its dead letter channel. */
@Component
public class HostRoutes extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(
                deadLetterChannel("direct:host-failures")
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0));
        onException(ArithmeticException.class).handled(true).setBody(constant("host handled it"));

        from("direct:host-order")
                .routeId("host-order")
                .to("direct:order-lookup")
                .setBody(simple("{{host.greeting}} ${body.id.get}"));

        from("direct:host-arithmetic")
                .routeId("host-arithmetic")
                .setBody(simple("${bean:host?method=divide}"));

        from("direct:host-failures")
                .routeId("host-failures")
                .setBody(simple("failed: ${exception.problem.type}"));

        from("platform-http:/host/orders")
                .routeId("host-http")
                .setBody(
                        simple(
                                "{\"customerId\": \"${header.customer}\", \"orderId\": \"${header.order}\"}"))
                .to("direct:host-order");
    }
}
