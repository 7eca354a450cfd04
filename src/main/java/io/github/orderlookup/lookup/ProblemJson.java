package io.github.orderlookup.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes problems as JSON. The order of the members is part of what readers see. */
public final class ProblemJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ProblemJson() {}

    static byte[] write(Problem problem) {
        return write(json -> members(json, problem));
    }

    /**
     * One JSON object as UTF-8. Goes by way of text because the generator for bytes refuses half a
     * surrogate pair, which a remote text may well hold; as bytes it becomes a question mark.
     */
    public static byte[] write(Members members) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A JSON text could not be written to memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void members(JsonGenerator json, Problem problem) throws IOException {
        json.writeStringField("type", problem.type().urn());
        json.writeStringField("title", problem.type().title());
        json.writeNumberField("status", problem.type().status());
        json.writeStringField("detail", problem.detail());
        json.writeBooleanField("retryable", problem.type().retryable());
        json.writeNumberField("attempts", problem.attempts());
        text(json, "customerId", problem.customerId());
        text(json, "orderId", problem.orderId());
        text(json, "correlationId", problem.correlationId());
        text(json, "requestId", problem.requestId());
        if (problem.request() != null) {
            request(json, problem.request());
        }
        if (problem.upstream() != null) {
            upstream(json, problem.upstream());
        }
    }

    private static void request(JsonGenerator json, RecordOrigin request) throws IOException {
        json.writeObjectFieldStart("request");
        json.writeStringField("topic", request.topic());
        json.writeNumberField("partition", request.partition());
        json.writeNumberField("offset", request.offset());
        byte[] value = request.value();
        text(json, "value", value == null ? null : Base64.getEncoder().encodeToString(value));
        json.writeEndObject();
    }

    private static void upstream(JsonGenerator json, Upstream upstream) throws IOException {
        json.writeObjectFieldStart("upstream");
        json.writeNumberField("status", upstream.status());
        text(json, "code", upstream.code());
        text(json, "description", upstream.description());
        text(json, "source", upstream.source());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value)
            throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** The members of one object. */
    @FunctionalInterface
    public interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
