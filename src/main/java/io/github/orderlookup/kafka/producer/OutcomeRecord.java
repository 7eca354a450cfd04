package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The record that answers a request record: a found Order or a problem, as a CloudEvent in binary
 * mode.
 *
 * @param address the results, errors or reply topic
 * @param key null for a problem of a request without a key
 * @param headers texts, and bytes for what is echoed
 */
@SuppressWarnings("ArrayRecordComponent") // only carried, never compared
record OutcomeRecord(
        Named address, byte @Nullable [] key, Map<String, Object> headers, byte[] value) {

    private static final String FOUND = "order-lookup.found.v1";
    private static final String FAILED = "order-lookup.failed.v1";
    private static final Pattern TRACE_PARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /**
     * @param order the bytes of the Order
     * @param traceParent of the sending; null without tracing
     */
    static OutcomeRecord found(
            RequestRecord request,
            Lookup lookup,
            byte[] order,
            Named address,
            Instant now,
            @Nullable String traceParent) {
        String orderId = lookup.request().map(OrderLookupRequest::orderId).orElseThrow();
        return new OutcomeRecord(
                address,
                request.key() == null ? orderId.getBytes(StandardCharsets.UTF_8) : request.key(),
                withState(
                        headers(request, lookup, FOUND, "application/json", now, traceParent),
                        lookup),
                order);
    }

    /** Only where the request waits for its order to settle: a plain outcome has neither. */
    private static Map<String, Object> withState(Map<String, Object> headers, Lookup lookup) {
        lookup.orderState()
                .ifPresent(
                        state -> {
                            headers.put(HeaderNames.SETTLED, Boolean.toString(state.settled()));
                            headers.put(HeaderNames.STATE, state.reason());
                        });
        return headers;
    }

    /**
     * @param traceParent of the sending; null without tracing
     */
    static OutcomeRecord failed(
            RequestRecord request,
            Lookup lookup,
            Problem problem,
            Named address,
            Instant now,
            @Nullable String traceParent) {
        return new OutcomeRecord(
                address,
                request.key(),
                headers(request, lookup, FAILED, "application/problem+json", now, traceParent),
                problem.toJson());
    }

    private static Map<String, Object> headers(
            RequestRecord request,
            Lookup lookup,
            String type,
            String contentType,
            Instant now,
            @Nullable String traceParent) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("content-type", contentType);
        headers.put(HeaderNames.EVENT_VERSION, "1.0");
        headers.put(HeaderNames.EVENT_ID, request.eventId());
        headers.put(HeaderNames.EVENT_SOURCE, "/order-lookup");
        headers.put(HeaderNames.EVENT_TYPE, type);
        headers.put(HeaderNames.EVENT_TIME, now.toString());
        lookup.request().ifPresent(asked -> headers.put(HeaderNames.EVENT_SUBJECT, subject(asked)));
        headers.put(HeaderNames.CORRELATION_ID, lookup.correlationId());
        lookup.requestId().ifPresent(id -> headers.put(HeaderNames.REQUEST_ID, id));
        headers.put(HeaderNames.ATTEMPTS, Integer.toString(lookup.attempts()));
        if (!request.isEchoTooLong()) {
            echo(request, headers);
        }
        if (traceParent != null) {
            headers.put(HeaderNames.TRACE_PARENT, traceParent);
        }
        return headers;
    }

    private static String subject(OrderLookupRequest asked) {
        return "customers/" + asked.customerId() + "/orders/" + asked.orderId();
    }

    private static void echo(RequestRecord request, Map<String, Object> headers) {
        request.header(HeaderNames.SPRING_CORRELATION_ID)
                .ifPresent(bytes -> headers.put(HeaderNames.SPRING_CORRELATION_ID, bytes));
        request.text(HeaderNames.EVENT_VERSION)
                .flatMap(version -> request.header(HeaderNames.EVENT_ID))
                .ifPresent(bytes -> headers.put(HeaderNames.EVENT_CAUSE, bytes));
        request.text(HeaderNames.TRACE_PARENT)
                .filter(trace -> TRACE_PARENT.matcher(trace).matches())
                .ifPresent(trace -> headers.put(HeaderNames.TRACE_PARENT, trace));
    }

    /** Makes the message the record. camel-kafka takes the topic out of the message again. */
    void writeTo(Message message) {
        message.setHeaders(headers);
        message.setHeader(KafkaHeaderNames.KEY, key);
        message.setHeader(KafkaHeaderNames.OVERRIDE_TOPIC, address.topic());
        if (address.partition() != null) {
            message.setHeader(KafkaHeaderNames.PARTITION_KEY, address.partition());
        }
        message.setBody(value);
    }

    /** Whether a message is the record of a found Order. */
    static boolean isFound(Message message) {
        return FOUND.equals(message.getHeader(HeaderNames.EVENT_TYPE));
    }
}
