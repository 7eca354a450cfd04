package io.github.orderlookup.demo;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.ORDER;

import java.util.List;

/**
 * One request of the demo.
 *
 * @param words the request in words, for the table
 * @param request over Kafka the value of the record, over REST the path
 * @param expected what must come of it
 */
record Example(Source source, String words, String request, Outcome expected) {

    /** An id that the simulator does not know. */
    static final String UNKNOWN = "no-such-order";

    private static final String THROTTLED_ONCE = "throttled-once";
    private static final String DOWN_TWICE = "http-503-twice";
    private static final String SETTLES_LATER = "status-pending-once";
    private static final String FAILED = "status-error";
    private static final String PROBLEM = "urn:order-lookup:problem:";

    /** How a request comes in and where its outcome goes. */
    enum Source {
        KAFKA("Kafka"),
        REPLY("Kafka reply"),
        /** Over Kafka, with an outcome once the order is settled. */
        SETTLED("Kafka"),
        REST("REST");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Whether it may take some time until the outcome comes. */
    boolean waits() {
        return source == Source.SETTLED;
    }

    /** The requests in the order in which they are made. */
    static List<Example> all() {
        return List.of(
                kafka(
                        "order " + ORDER + " (signs in)",
                        json(ORDER),
                        Outcome.found("results topic", 1)),
                settled(
                        "pending order, until settled",
                        SETTLES_LATER,
                        Outcome.found("results topic", 2)
                                .withState("true", "the order is completed")),
                settled(
                        "failed order, until settled",
                        FAILED,
                        Outcome.found("results topic", 1)
                                .withState(
                                        "true", "the order has failed and must be placed again")),
                kafka(
                        "order " + UNKNOWN,
                        json(UNKNOWN),
                        Outcome.problem(PROBLEM + "order-not-found", "errors topic", 1)),
                kafka(
                        "\"Where is my order?\", no JSON",
                        "Where is my order?",
                        Outcome.problem(PROBLEM + "invalid-request", "errors topic", 0)),
                kafka(
                        "order throttled at first (429)",
                        json(THROTTLED_ONCE),
                        Outcome.found("results topic", 2)),
                reply("order " + ORDER, json(ORDER), Outcome.found("reply topic", 1)),
                reply(
                        "order " + UNKNOWN,
                        json(UNKNOWN),
                        Outcome.problem(PROBLEM + "order-not-found", "reply topic", 1)),
                rest("order " + ORDER, path(CUSTOMER, ORDER), Outcome.found("HTTP 200", 1)),
                rest(
                        "order " + UNKNOWN,
                        path(CUSTOMER, UNKNOWN),
                        Outcome.problem(PROBLEM + "order-not-found", "HTTP 404", 1)),
                rest(
                        "order of contoso, no GUID",
                        path("contoso", ORDER),
                        Outcome.problem(PROBLEM + "invalid-request", "HTTP 400", 0)),
                rest(
                        "order unavailable twice (503)",
                        path(CUSTOMER, DOWN_TWICE),
                        Outcome.found("HTTP 200", 3)));
    }

    /** The value of a request record. */
    static String json(String orderId) {
        return "{\"customerId\":\"" + CUSTOMER + "\",\"orderId\":\"" + orderId + "\"}";
    }

    /** The value of a request record that waits for its order to settle. */
    static String untilSettled(String orderId) {
        return json(orderId).replace("}", ",\"until\":\"settled\"}");
    }

    /** The path of a REST request. */
    static String path(String customerId, String orderId) {
        return "/v1/customers/" + customerId + "/orders/" + orderId;
    }

    private static Example kafka(String words, String value, Outcome expected) {
        return new Example(Source.KAFKA, words, value, expected);
    }

    private static Example reply(String words, String value, Outcome expected) {
        return new Example(Source.REPLY, words, value, expected);
    }

    private static Example settled(String words, String orderId, Outcome expected) {
        return new Example(Source.SETTLED, words, untilSettled(orderId), expected);
    }

    private static Example rest(String words, String path, Outcome expected) {
        return new Example(Source.REST, words, path, expected);
    }
}
