package io.github.orderlookup.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The way out to the API and to the login host.
 *
 * @param proxy through which both are reached; null when the proxy properties of the JVM decide
 * @param caCertificates PEM file of authorities that are trusted besides those of the JVM
 */
public record NetworkSettings(@Nullable ProxySettings proxy, @Nullable Path caCertificates) {

    /** What this JVM uses and trusts, and nothing else. */
    public static final NetworkSettings OF_THE_JVM = new NetworkSettings(null, null);
}
