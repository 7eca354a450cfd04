package com.example;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Looks one order up, prints what came of it, and ends. */
public final class HostApplication extends RouteBuilder {

    @Override
    public void configure() {
        onException(OrderLookupException.class)
                .handled(true)
                .setBody(simple("${exception.problem.toJson}"));
        from("direct:order-as-text")
                .to("direct:order-lookup")
                .setBody(simple("${body.json.toPrettyString}"));
    }

    public static void main(String[] arguments) throws Exception {
        var request =
                new OrderLookupRequest("4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54", "a81c04e7f2b9");
        Main main = new Main();
        main.configure().addRoutesBuilder(new HostApplication());
        main.start();
        System.out.println(
                main.getCamelTemplate().requestBody("direct:order-as-text", request, String.class));
        main.stop();
    }
}
