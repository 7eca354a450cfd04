package io.github.orderlookup.kafka.producer;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The record that is published in place of the first one. An exchange property keeps it, since
 * Camel restores the first record before each attempt.
 */
record SubstituteRecord(Map<String, Object> headers, Object body) {

    private static final String PROPERTY = "order-lookup-substitute";

    /** Keeps the message as the substitute. */
    static void keep(Exchange exchange) {
        Message message = exchange.getMessage();
        exchange.setProperty(
                PROPERTY,
                new SubstituteRecord(new HashMap<>(message.getHeaders()), message.getBody()));
    }

    /** Makes the message the substitute, if there is one. */
    static void restore(Exchange exchange) {
        SubstituteRecord kept = exchange.getProperty(PROPERTY, SubstituteRecord.class);
        if (kept != null) {
            exchange.getMessage().setHeaders(new HashMap<>(kept.headers()));
            exchange.getMessage().setBody(kept.body());
        }
    }
}
