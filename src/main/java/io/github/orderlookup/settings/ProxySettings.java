package io.github.orderlookup.settings;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that opens tunnels.
 *
 * @param host without brackets
 * @param user null when it asks for none
 * @param password of the user; empty without one
 */
public record ProxySettings(String host, int port, @Nullable String user, Secret password) {}
