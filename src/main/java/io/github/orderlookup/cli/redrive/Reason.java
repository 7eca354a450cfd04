package io.github.orderlookup.cli.redrive;

/** Why a record of the errors topic is not sent again. */
enum Reason {
    /** Another {@code ce_type}, or a value that is no problem of ours. */
    NOT_OURS("not-ours", "no problem of order-lookup"),
    /** Another deployment writes to the same errors topic. */
    OTHER_REQUEST_TOPIC("other-request-topic", "of another request topic"),
    NOT_RETRYABLE("not-retryable", "not retryable"),
    RETRYABLE("retryable", "retryable"),
    OTHER_TYPE("other-type", "of another type"),
    OTHER_CODE("other-code", "of another code"),
    OTHER_CUSTOMER("other-customer", "of another customer"),
    OTHER_TIME("other-time", "of another time"),
    OTHER_CORRELATION_ID("other-correlation-id", "of another correlation id"),
    MAX_TIMES("max-times", "sent again too often already"),
    INCOMPLETE("incomplete", "without the whole request");

    private final String id;
    private final String words;

    Reason(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** The member of the JSON summary. */
    String id() {
        return id;
    }

    String words() {
        return words;
    }

    /** Whether the command line left it out, which another one may not do. */
    boolean isFilter() {
        return this != NOT_OURS
                && this != OTHER_REQUEST_TOPIC
                && this != MAX_TIMES
                && this != INCOMPLETE;
    }
}
