package io.github.orderlookup.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The REST endpoint.
 *
 * @param host name or address to bind to, in our own main
 * @param port in our own main; 0 is any free port
 * @param apiKeys empty when callers need none, or when the keys stand in a file
 * @param apiKeysFile holds the keys and may change; null when they are a setting
 * @param maxWaiting requests that may be under way or wait at once; beyond it they are refused as
 *     {@code overloaded}
 * @param console whether the pages for people are served
 */
public record RestSettings(
        boolean enabled,
        String host,
        int port,
        List<Secret> apiKeys,
        @Nullable Path apiKeysFile,
        @Nullable Tls tls,
        int maxWaiting,
        boolean console) {

    public RestSettings disabled() {
        return new RestSettings(false, host, port, apiKeys, apiKeysFile, tls, maxWaiting, console);
    }

    /** Whether callers need a key. */
    public boolean asksForKey() {
        return !apiKeys.isEmpty() || apiKeysFile != null;
    }

    public RestSettings {
        apiKeys = List.copyOf(apiKeys);
    }
}
