package io.github.orderlookup.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that opens tunnels.
 *
 * @param host without brackets
 * @param user null when it asks for none
 * @param password of the user; empty without one, and when it stands in a file
 * @param passwordFile the file that holds the password; null when it is a setting
 */
public record ProxySettings(
        String host,
        int port,
        @Nullable String user,
        Secret password,
        @Nullable Path passwordFile) {}
