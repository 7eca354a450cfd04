package io.github.orderlookup.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an error answer says, in whichever of the many shapes that Partner Center, the
 * gateways before it and the proxies on the way send. Never fails: what cannot be read is text, and
 * of a body beyond 1 MiB only the beginning is looked at.
 *
 * @param kind the shape, as far as it matters
 * @param code the error code as text
 * @param isRetryable what the second generation of services says about a retry; null when silent
 */
record ErrorBody(
        Kind kind,
        @Nullable String code,
        @Nullable String description,
        @Nullable String source,
        @Nullable Boolean isRetryable) {

    enum Kind {
        EMPTY,
        /** A JSON object in one of the known shapes of an error. */
        FAULT,
        /** Markup, plain text, JSON of no known shape. */
        OTHER
    }

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern AADSTS = Pattern.compile("AADSTS[0-9]{1,10}");
    private static final Pattern TITLE = Pattern.compile("(?i)<title[^<>]*>([^<]*)<");
    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(100)
                                                    .build())
                                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .build())
                    .build();

    static ErrorBody of(Answer answer) {
        String text = text(answer.body());
        if (text.isEmpty()) {
            return new ErrorBody(Kind.EMPTY, null, null, null, null);
        }
        if (text.startsWith("{")) {
            JsonNode root = json(text);
            if (root != null) {
                return object(root);
            }
        }
        return other(text.startsWith("<") ? title(text) : text);
    }

    private static ErrorBody object(JsonNode root) {
        JsonNode error = root.path("error");
        if (error.isObject()) {
            return fault(error, value(error, "code"), null);
        }
        if (error.isTextual()) {
            // The text of the login host repeats what it was sent; the number says enough.
            Matcher number = AADSTS.matcher(root.path("error_description").asText());
            return new ErrorBody(
                    Kind.FAULT,
                    Wording.harmless(error.asText()),
                    number.find() ? number.group() : null,
                    null,
                    null);
        }
        if (has(root, "code") || has(root, "description") || has(root, "data")) {
            return fault(root, value(root, "code"), value(root, "source"));
        }
        if (has(root, "message")) {
            return fault(root, null, null);
        }
        return other(null);
    }

    private static ErrorBody fault(JsonNode fault, @Nullable String code, @Nullable String source) {
        String description = value(fault, "description");
        JsonNode retryable = fault.path("isRetryable");
        return new ErrorBody(
                Kind.FAULT,
                code,
                description == null ? value(fault, "message") : description,
                source,
                retryable.isBoolean() ? retryable.booleanValue() : null);
    }

    private static ErrorBody other(@Nullable String description) {
        return new ErrorBody(Kind.OTHER, null, Wording.harmless(description), null, null);
    }

    private static boolean has(JsonNode object, String name) {
        return object.hasNonNull(name);
    }

    /** A text or a number, as text; null for anything else. */
    private static @Nullable String value(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() || value.isNumber() ? Wording.harmless(value.asText()) : null;
    }

    private static @Nullable JsonNode json(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.isObject() ? root : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String text(byte[] body) {
        int length = Math.min(body.length, MAX_BYTES);
        String text = new String(body, 0, length, StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    }

    /** The title is all that an error page has to say; the rest is decoration or worse. */
    private static @Nullable String title(String html) {
        Matcher title = TITLE.matcher(html);
        return title.find() ? title.group(1).replaceAll("\\s+", " ") : null;
    }
}
