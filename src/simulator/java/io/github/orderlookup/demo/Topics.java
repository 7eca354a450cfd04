package io.github.orderlookup.demo;

import java.util.List;

/** The topics of the demo. */
final class Topics {
    static final String REQUESTS = "order-lookup.requests";
    static final String RESULTS = "order-lookup.results";
    static final String ERRORS = "order-lookup.errors";
    static final String REPLIES = "order-lookup-demo.replies";
    static final String WAITING = "order-lookup.waiting";

    /** One for each of the intervals between two looks at an order. */
    static final int WAITING_PARTITIONS = 6;

    private Topics() {}

    /** Those of requests and outcomes. */
    static List<String> all() {
        return List.of(REQUESTS, RESULTS, ERRORS, REPLIES);
    }

    /** What the table calls the topic. */
    static String kind(String topic) {
        return switch (topic) {
            case RESULTS -> "results topic";
            case ERRORS -> "errors topic";
            case REPLIES -> "reply topic";
            default -> topic;
        };
    }
}
