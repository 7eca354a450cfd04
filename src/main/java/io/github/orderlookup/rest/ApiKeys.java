package io.github.orderlookup.rest;

import io.github.orderlookup.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of REST callers. Several may be valid at once, so that one can be rotated.
 *
 * <p>Every key is compared in full and in constant time, so that an answer tells nothing about how
 * close a guess came.
 */
public final class ApiKeys {

    private final List<byte[]> keys;

    public ApiKeys(List<Secret> keys) {
        this.keys =
                keys.stream().map(key -> key.reveal().getBytes(StandardCharsets.UTF_8)).toList();
    }

    /**
     * Whether the request may pass: always, when no keys are set.
     *
     * @param authorization the header {@code Authorization}; {@code Bearer} is understood
     * @param apiKey the header {@code X-API-Key}
     */
    boolean admit(@Nullable String authorization, @Nullable String apiKey) {
        return keys.isEmpty() || matches(apiKey) || matches(bearer(authorization));
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : null;
    }

    private boolean matches(@Nullable String given) {
        if (given == null) {
            return false;
        }
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (byte[] key : keys) {
            found |= MessageDigest.isEqual(key, bytes);
        }
        return found;
    }
}
