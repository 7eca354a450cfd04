package io.github.orderlookup.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.orderlookup.description.KafkaContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** An outcome record as somebody reads it who knows no more than the documentation. */
record Outcome(ConsumerRecord<byte[], byte[]> record) {

    private static final String URN = "urn:order-lookup:problem:";
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .build();

    Outcome {
        KafkaContract.check(record);
    }

    static JsonNode json(byte[] document) {
        try {
            return MAPPER.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String topic() {
        return record.topic();
    }

    byte @Nullable [] key() {
        return record.key();
    }

    JsonNode json() {
        return json(record.value());
    }

    /** The end of the problem's type, or {@code found}. */
    String kind() {
        return headerText("ce_type").equals("order-lookup.found.v1")
                ? "found"
                : json().path("type").asText().replace(URN, "");
    }

    List<String> headerNames() {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .toList();
    }

    byte @Nullable [] header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    String headerText(String name) {
        byte[] value = header(name);
        return value == null ? "(none)" : new String(value, StandardCharsets.UTF_8);
    }

    /** The request that this answers, as its event id names it. */
    String eventId() {
        return headerText("ce_id");
    }

    @Override
    public String toString() {
        return record.topic()
                + "-"
                + record.partition()
                + "@"
                + record.offset()
                + " "
                + headerNames()
                + " "
                + new String(record.value(), StandardCharsets.UTF_8);
    }
}
