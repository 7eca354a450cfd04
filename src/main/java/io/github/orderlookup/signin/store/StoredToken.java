package io.github.orderlookup.signin.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of the file: {@code {"refreshToken": "...", "settingSha256": "...", "savedAt": "...",
 * "signedInAt": "..."}}.
 *
 * @param settingSha256 fingerprint of the setting that was configured when this was written; null
 *     without one
 * @param savedAt when it was written
 * @param signedInAt when a user last signed in; empty when that is not known. Renewals keep it
 */
record StoredToken(
        Secret refreshToken, @Nullable String settingSha256, String savedAt, String signedInAt) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Source: Microsoft identity platform, "Refresh tokens" (2025): 90 days, for applications other
     * than single-page ones; each use gives a new one.
     */
    private static final Duration LIFETIME = Duration.ofDays(90);

    /** What was read; empty when it is not as we write it. */
    static Optional<StoredToken> parse(byte[] content) {
        JsonNode json = tree(content);
        String refreshToken = json.path("refreshToken").asText("");
        return refreshToken.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new StoredToken(
                                new Secret(refreshToken),
                                json.path("settingSha256").textValue(),
                                json.path("savedAt").asText(""),
                                json.path("signedInAt").asText("")));
    }

    /** The parser's message might quote the content. */
    private static JsonNode tree(byte[] content) {
        try {
            return MAPPER.readTree(content);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    byte[] json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("refreshToken", refreshToken.reveal());
        if (settingSha256 != null) {
            json.put("settingSha256", settingSha256);
        }
        json.put("savedAt", savedAt);
        if (!signedInAt.isEmpty()) {
            json.put("signedInAt", signedInAt);
        }
        return json.toString().getBytes(UTF_8);
    }

    /** When the token ends unless it is used before; empty when that cannot be read. */
    Optional<Instant> expiry() {
        try {
            return Optional.of(Instant.parse(savedAt).plus(LIFETIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
