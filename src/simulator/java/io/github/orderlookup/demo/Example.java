package io.github.orderlookup.demo;

import java.util.List;

/**
 * One request of the demo.
 *
 * @param words the request in words, for the table
 * @param request over Kafka the value of the record, over REST the path
 * @param expected what must come of it
 */
record Example(Door door, String words, String request, Outcome expected) {
    /** The customer of the Orders that the simulator has. */
    static final String CUSTOMER = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";

    /** An Order that the simulator has. */
    static final String ORDER = "a81c04e7f2b9";

    /** An id that the simulator does not know. */
    static final String UNKNOWN = "no-such-order";

    private static final String THROTTLED_ONCE = "throttled-once";
    private static final String DOWN_TWICE = "http-503-twice";
    private static final String PROBLEM = "urn:order-lookup:problem:";

    /** How a request comes in and where its outcome goes. */
    enum Door {
        KAFKA("Kafka"),
        REPLY("Kafka reply"),
        REST("REST");

        private final String text;

        Door(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** The requests in the order in which they are made. */
    static List<Example> all() {
        return List.of(
                kafka(
                        "order " + ORDER + " (signs in)",
                        json(ORDER),
                        Outcome.found("results topic", 1)),
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

    /** The path of a REST request. */
    static String path(String customerId, String orderId) {
        return "/v1/customers/" + customerId + "/orders/" + orderId;
    }

    private static Example kafka(String words, String value, Outcome expected) {
        return new Example(Door.KAFKA, words, value, expected);
    }

    private static Example reply(String words, String value, Outcome expected) {
        return new Example(Door.REPLY, words, value, expected);
    }

    private static Example rest(String words, String path, Outcome expected) {
        return new Example(Door.REST, words, path, expected);
    }
}
