package io.github.orderlookup.kafka.waiting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.request.RequestReader;
import io.github.orderlookup.settle.Waiting;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the waiting topic: the request record with its coordinates, key and headers, and what
 * is known from the looks so far. Any instance goes on with it; it refers to nothing outside of
 * itself.
 *
 * <p>Its value is one JSON object, whose bytes are in base64: at most about 60 KiB, since key,
 * headers and Order are bounded.
 *
 * @param request the record of the request topic; its value is the request alone
 * @param correlationId of all looks, also where the request has none
 */
public record WaitingRecord(RequestRecord request, String correlationId, Waiting waiting) {

    private static final int VERSION = 1;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    /** The members of the JSON object. */
    @SuppressWarnings("ArrayRecordComponent") // only written and read
    private record Members(
            int version,
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            List<Echo> headers,
            String customerId,
            String orderId,
            @Nullable String deadline,
            String correlationId,
            String asked,
            String end,
            String due,
            int looks,
            boolean found,
            byte @Nullable [] order) {}

    @SuppressWarnings("ArrayRecordComponent") // only written and read
    private record Echo(String name, byte @Nullable [] value) {}

    /** The value of the record. */
    public byte[] toJson() {
        OrderLookupRequest asked = waiting.request();
        List<Echo> headers = new ArrayList<>();
        for (Header header : request.headers()) {
            headers.add(new Echo(header.key(), header.value()));
        }
        Members members =
                new Members(
                        VERSION,
                        request.partition().topic(),
                        request.partition().partition(),
                        request.offset(),
                        request.key(),
                        headers,
                        asked.customerId(),
                        asked.orderId(),
                        asked.deadline() == null ? null : asked.deadline().toString(),
                        correlationId,
                        waiting.asked().toString(),
                        waiting.end().toString(),
                        waiting.due().toString(),
                        waiting.looks(),
                        waiting.found(),
                        waiting.lastOrder());
        return bytes(members);
    }

    /** The record without the Order that was last seen. */
    public WaitingRecord withoutOrder() {
        return new WaitingRecord(request, correlationId, waiting.withoutOrder());
    }

    /** Reads the value of a record; empty when order-lookup has not written it. */
    public static Optional<WaitingRecord> read(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            Members members = JSON.readValue(value, Members.class);
            return members.version() == VERSION ? Optional.of(of(members)) : Optional.empty();
        } catch (IOException
                | DateTimeException
                | OrderLookupException
                | IllegalArgumentException
                | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static WaitingRecord of(Members members) {
        Headers headers = new RecordHeaders();
        members.headers().forEach(header -> headers.add(header.name(), header.value()));
        Asked asked =
                new Asked(members.customerId(), members.orderId(), members.deadline(), "settled");
        byte[] json = bytes(asked);
        RequestRecord request =
                new RequestRecord(
                        new TopicPartition(members.topic(), members.partition()),
                        members.offset(),
                        members.key(),
                        json,
                        headers);
        return new WaitingRecord(
                request,
                members.correlationId(),
                new Waiting(
                        RequestReader.read(json),
                        Instant.parse(members.asked()),
                        Instant.parse(members.end()),
                        members.looks(),
                        Instant.parse(members.due()),
                        members.found(),
                        members.order()));
    }

    /** The request as its own record had it. */
    private record Asked(
            String customerId, String orderId, @Nullable String deadline, String until) {}

    private static byte[] bytes(Record members) {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON text could not be written to memory", e);
        }
    }
}
