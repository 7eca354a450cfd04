package io.github.orderlookup.lookup;

/**
 * The names of the headers in messages, requests and records. Header names of HTTP itself, such as
 * {@code Content-Type}, are written where they are used.
 */
public final class HeaderNames {

    /** GUID that ties a request, its calls and its outcome together. */
    public static final String CORRELATION_ID = "MS-CorrelationId";

    /** GUID of one call; a call that is repeated for want of an answer keeps it. */
    public static final String REQUEST_ID = "MS-RequestId";

    /** The version of Partner Center's API. */
    public static final String CONTRACT_VERSION = "MS-Contract-Version";

    /** The language of texts in an Order. */
    public static final String LOCALE = "X-Locale";

    /** The name of the calling application, for Partner Center's support. */
    public static final String APPLICATION = "MS-PartnerCenter-Application";

    /** The server that has answered, for Partner Center's support. */
    public static final String SERVER_ID = "MS-ServerId";

    /** The correlation vector of a call, for Partner Center's support. */
    public static final String CORRELATION_VECTOR = "MS-CV";

    /** The key of a REST caller, beside {@code Authorization}. */
    public static final String API_KEY = "X-API-Key";

    /** How many attempts a lookup took. */
    public static final String ATTEMPTS = "order-lookup-attempts";

    /** Whether the order is settled: {@code true} or {@code false}, where that was asked for. */
    public static final String SETTLED = "order-lookup-settled";

    /** In which state the order is, in words; beside {@link #SETTLED}. */
    public static final String STATE = "order-lookup-state";

    /** The kind of the state, as a label of metrics; for the console alone. */
    public static final String STATE_KIND = "order-lookup-state-kind";

    /** The trace of the caller, as W3C Trace Context has it. */
    public static final String TRACE_PARENT = "traceparent";

    /** What the systems on the way of a trace add to it, as W3C Trace Context has it. */
    public static final String TRACE_STATE = "tracestate";

    /** How many times a request was sent again after it had failed, as decimal digits. */
    public static final String REDRIVEN = "order-lookup-redriven";

    /** The correlation id of Spring's request/reply, passed through as bytes. */
    public static final String SPRING_CORRELATION_ID = "kafka_correlationId";

    /** The topic that a request wants its reply on, as Spring has it. */
    public static final String SPRING_REPLY_TOPIC = "kafka_replyTopic";

    /** The partition that a request wants its reply on: four bytes, as Spring has it. */
    public static final String SPRING_REPLY_PARTITION = "kafka_replyPartition";

    /** CloudEvents: the version of its specification. */
    public static final String EVENT_VERSION = "ce_specversion";

    /** CloudEvents: the id of the event. */
    public static final String EVENT_ID = "ce_id";

    /** CloudEvents: who has published it. */
    public static final String EVENT_SOURCE = "ce_source";

    /** CloudEvents: what it is. */
    public static final String EVENT_TYPE = "ce_type";

    /** CloudEvents: when it was made. */
    public static final String EVENT_TIME = "ce_time";

    /** CloudEvents: what it is about. */
    public static final String EVENT_SUBJECT = "ce_subject";

    /** CloudEvents: the event that has caused it. */
    public static final String EVENT_CAUSE = "ce_causationid";

    private HeaderNames() {}
}
