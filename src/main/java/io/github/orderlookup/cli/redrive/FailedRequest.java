package io.github.orderlookup.cli.redrive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.lookup.HeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request that ended in a problem, as the errors topic holds it.
 *
 * @param type the last part of the URN of the problem
 * @param retryable as the problem says
 * @param code of Partner Center; null without an answer of its own
 * @param time of the record
 * @param key of the record, which is that of the request unless the problem was too large
 * @param headers of the record
 * @param request the member {@code request} of the problem
 */
@SuppressWarnings("ArrayRecordComponent") // only carried, never compared
record FailedRequest(
        String type,
        boolean retryable,
        @Nullable String code,
        @Nullable String customerId,
        @Nullable String orderId,
        @Nullable String correlationId,
        Instant time,
        byte @Nullable [] key,
        Headers headers,
        JsonNode request) {

    private static final String FAILED = "order-lookup.failed.v1";
    private static final Pattern TYPE = Pattern.compile("urn:order-lookup:problem:([a-z-]{1,64})");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a record of the errors topic; empty when it is no problem of ours. */
    static Optional<FailedRequest> read(ConsumerRecord<byte[], byte @Nullable []> record) {
        byte[] value = record.value();
        if (value == null
                || !FAILED.equals(text(record.headers(), HeaderNames.EVENT_TYPE).orElse(""))) {
            return Optional.empty();
        }
        JsonNode problem = json(value);
        Matcher type = TYPE.matcher(problem.path("type").asText());
        JsonNode request = problem.path("request");
        return type.matches() && request.path("topic").isTextual()
                ? Optional.of(of(record, problem, type.group(1), request))
                : Optional.empty();
    }

    private static FailedRequest of(
            ConsumerRecord<byte[], ?> record, JsonNode problem, String type, JsonNode request) {
        return new FailedRequest(
                type,
                problem.path("retryable").asBoolean(),
                member(problem.path("upstream"), "code"),
                member(problem, "customerId"),
                member(problem, "orderId"),
                member(problem, "correlationId"),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.headers(),
                request);
    }

    /** A missing node when the bytes are no JSON. */
    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be read", e);
        }
    }

    private static @Nullable String member(JsonNode object, String name) {
        return object.path(name).textValue();
    }

    /** The topic that the request was read from. */
    String requestTopic() {
        return request.path("topic").asText();
    }

    /** How many times it was sent again. */
    int redriven() {
        return request.path("redriven").asInt(0);
    }

    /** Whether the problem holds less than the whole request. */
    boolean isIncomplete() {
        return request.path("incomplete").asBoolean()
                || (request.has("value")
                        ? value().isEmpty()
                        : (customerId == null) != (orderId == null));
    }

    /** What the request held, where it could not be read; empty also when that is no base64. */
    Optional<byte[]> value() {
        try {
            return Optional.ofNullable(request.path("value").textValue())
                    .map(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A header of the record of the problem. */
    Optional<byte[]> header(String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
