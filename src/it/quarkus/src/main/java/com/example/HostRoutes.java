package com.example;

import org.apache.camel.builder.RouteBuilder;

/** The host's routes, each failure of which goes to its dead letter channel. */
public class HostRoutes extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(deadLetterChannel("direct:host-failures"));

        from("direct:host-order")
                .routeId("host-order")
                .to("direct:order-lookup")
                .setBody(simple("{{host.greeting}} ${body.id.get}"));

        from("direct:host-failures")
                .routeId("host-failures")
                .setBody(simple("failed: ${exception.problem.type}"));
    }
}
