package com.example;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

@Component
public class Orders extends RouteBuilder implements CommandLineRunner {

    @Override
    public void configure() {
        onException(OrderLookupException.class)
                .handled(true)
                .setBody(simple("${exception.problem.toJson}"));

        from("direct:order-as-text")
                .to("direct:order-lookup")
                .setBody(simple("${body.json.toPrettyString}"));
    }

    @Override
    public void run(String... arguments) {
        var request =
                new OrderLookupRequest("4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54", "a81c04e7f2b9");
        var template = getCamelContext().createProducerTemplate();
        System.out.println(template.requestBody("direct:order-as-text", request, String.class));
    }
}
