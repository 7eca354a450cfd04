package io.github.orderlookup.cli.redrive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.HeaderNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A request record as it was before it failed, but for its deadline, and with the number of times
 * that it was sent again.
 *
 * <p>What the request did not have is added where it ties the two together and the headers that are
 * echoed stay within their bound: the correlation id and the trace that it was given, and as {@code
 * ce_id} the coordinates of the first request, which become the {@code ce_causationid} of each
 * later outcome.
 */
final class RebuiltRequest {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /** What is left out first where the headers are too long together. */
    private static final List<String> DISPENSABLE =
            List.of(HeaderNames.EVENT_ID, HeaderNames.TRACE_PARENT, HeaderNames.CORRELATION_ID);

    private RebuiltRequest() {}

    /**
     * Rebuilds a request.
     *
     * @param failed one that is complete
     */
    static ProducerRecord<byte[], byte[]> of(FailedRequest failed, String topic) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, key(failed), value(failed));
        headers(failed)
                .forEach((name, bytes) -> record.headers().add(new RecordHeader(name, bytes)));
        return record;
    }

    /** A compacted errors topic gets the id of the event as key where the request has none. */
    private static byte @Nullable [] key(FailedRequest failed) {
        byte[] eventId = failed.header(HeaderNames.EVENT_ID).orElse(null);
        return Arrays.equals(failed.key(), eventId) ? null : failed.key();
    }

    private static byte @Nullable [] value(FailedRequest failed) {
        Optional<byte[]> unreadable = failed.value();
        if (unreadable.isPresent()) {
            return withoutDeadline(unreadable.get());
        }
        if (failed.customerId() == null) {
            return null;
        }
        ObjectNode request =
                JSON.createObjectNode()
                        .put("customerId", failed.customerId())
                        .put("orderId", failed.orderId());
        String until = failed.request().path("until").textValue();
        if (until != null) {
            request.put("until", until);
        }
        return bytes(request);
    }

    /** What is no JSON object, or has no deadline, stays as it is. */
    private static byte[] withoutDeadline(byte[] value) {
        try {
            return JSON.readTree(new String(value, StandardCharsets.UTF_8))
                                    instanceof ObjectNode request
                            && request.remove("deadline") != null
                    ? bytes(request)
                    : value;
        } catch (JsonProcessingException e) {
            return value;
        }
    }

    private static byte[] bytes(ObjectNode request) {
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> headers(FailedRequest failed) {
        Map<String, byte[]> echoed = echoed(failed);
        boolean caused = failed.header(HeaderNames.EVENT_CAUSE).isPresent();
        for (String name : DISPENSABLE) {
            boolean given = caused && name.equals(HeaderNames.EVENT_ID);
            if (!given && length(echoed) > RequestRecord.LONGEST_ECHO) {
                echoed.remove(name);
            }
        }
        if (echoed.containsKey(HeaderNames.EVENT_ID)) {
            echoed.put(HeaderNames.EVENT_VERSION, utf8("1.0"));
        }
        echoed.putAll(address(failed));
        echoed.put(HeaderNames.REDRIVEN, utf8(Integer.toString(failed.redriven() + 1)));
        return echoed;
    }

    /** The headers of a request that come back with its outcome. */
    private static Map<String, byte[]> echoed(FailedRequest failed) {
        Map<String, byte[]> echoed = new LinkedHashMap<>();
        for (String name :
                List.of(
                        HeaderNames.CORRELATION_ID,
                        HeaderNames.TRACE_PARENT,
                        HeaderNames.SPRING_CORRELATION_ID)) {
            failed.header(name).ifPresent(bytes -> echoed.put(name, bytes));
        }
        failed.header(HeaderNames.EVENT_CAUSE)
                .or(() -> failed.header(HeaderNames.EVENT_ID))
                .ifPresent(bytes -> echoed.put(HeaderNames.EVENT_ID, bytes));
        return echoed;
    }

    private static int length(Map<String, byte[]> headers) {
        return headers.values().stream().mapToInt(bytes -> bytes.length).sum();
    }

    /** The headers that an outcome does not have: reply address and state of the trace. */
    private static Map<String, byte[]> address(FailedRequest failed) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        JsonNode request = failed.request();
        put(headers, HeaderNames.TRACE_STATE, request.path("tracestate"));
        put(headers, HeaderNames.SPRING_REPLY_TOPIC, request.path("replyTopic"));
        JsonNode partition = request.path("replyPartition");
        if (partition.isInt()) {
            headers.put(
                    HeaderNames.SPRING_REPLY_PARTITION,
                    ByteBuffer.allocate(Integer.BYTES).putInt(partition.intValue()).array());
        }
        return headers;
    }

    private static void put(Map<String, byte[]> headers, String name, JsonNode text) {
        if (text.isTextual()) {
            headers.put(name, utf8(text.textValue()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
