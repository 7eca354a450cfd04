package io.github.orderlookup.system;

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

/** An outcome record, read by the documentation alone. */
public record Outcome(ConsumerRecord<byte[], byte[]> record) {

    private static final String URN = "urn:order-lookup:problem:";
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .build();

    public Outcome {
        KafkaContract.check(record);
    }

    public static JsonNode json(byte[] document) {
        try {
            return MAPPER.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String topic() {
        return record.topic();
    }

    public byte @Nullable [] key() {
        return record.key();
    }

    public JsonNode json() {
        return json(record.value());
    }

    /** The end of the problem's type, or {@code found}. */
    public String kind() {
        return headerText("ce_type").equals("order-lookup.found.v1")
                ? "found"
                : json().path("type").asText().replace(URN, "");
    }

    public List<String> headerNames() {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .toList();
    }

    public byte @Nullable [] header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    public String headerText(String name) {
        byte[] value = header(name);
        return value == null ? "(none)" : new String(value, StandardCharsets.UTF_8);
    }

    /** The request that this answers, as its event id names it. */
    public String eventId() {
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
