package io.github.orderlookup.rest;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.format.FileContents;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of REST callers, a setting or in a file. Several may be valid at once, so that one can
 * be rotated.
 *
 * <p>Every key is compared in full and in constant time, so that an answer tells nothing about how
 * close a guess came.
 */
public final class ApiKeys {

    private final Supplier<@Nullable List<Secret>> keys;
    private final boolean asked;

    /**
     * @param keys empty when callers need none
     */
    public ApiKeys(List<Secret> keys) {
        this.keys = () -> keys;
        this.asked = !keys.isEmpty();
    }

    /** Keys that may change; callers need one, also while the file holds none that can be read. */
    public ApiKeys(FileValue<List<Secret>> file) {
        this.keys = file::value;
        this.asked = true;
    }

    /** The value of {@code order-lookup.rest.api-keys-file}. */
    public static FileValue<List<Secret>> file(Path file) {
        return new FileValue<>(
                "api-keys",
                Key.REST_API_KEYS_FILE.text(),
                List.of(file),
                (contents, present) -> FileContents.apiKeys(file, contents.get(0)));
    }

    /** Whether callers need a key. */
    boolean isAsked() {
        return asked;
    }

    /**
     * Whether the request may pass: always, when no keys are set.
     *
     * @param authorization the header {@code Authorization}; {@code Bearer} is understood
     * @param apiKey the header {@code X-API-Key}
     */
    boolean admit(@Nullable String authorization, @Nullable String apiKey) {
        return !asked || matches(apiKey) || matches(bearer(authorization));
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
        List<Secret> present = keys.get();
        Secret secret = new Secret(given);
        boolean found = false;
        for (Secret key : present == null ? List.<Secret>of() : present) {
            found |= key.equals(secret);
        }
        return found;
    }
}
