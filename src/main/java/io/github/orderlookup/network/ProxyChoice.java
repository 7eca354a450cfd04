package io.github.orderlookup.network;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.ProxySettings;
import io.github.orderlookup.settings.format.FileContents;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a host is reached through: that of the settings for every host, else the one that the
 * JVM chooses, else none. A password in a file is read again when the file changes.
 *
 * <p>Plain http is spoken to loopback alone and goes direct: a proxy would see the token. The
 * environment (HTTPS_PROXY) is not read. Thread-safe.
 */
final class ProxyChoice {

    private final @Nullable OutboundProxy ofTheSettings;
    private final @Nullable FileValue<OutboundProxy> withPasswordOfFile;

    ProxyChoice(@Nullable ProxySettings settings) {
        Path file = settings == null ? null : settings.passwordFile();
        this.ofTheSettings =
                settings == null
                        ? null
                        : OutboundProxy.of(settings, file == null ? settings.password() : null);
        this.withPasswordOfFile =
                settings == null || file == null ? null : withPassword(settings, file);
    }

    private static FileValue<OutboundProxy> withPassword(ProxySettings settings, Path file) {
        return new FileValue<>(
                "proxy-password",
                Key.PROXY_PASSWORD_FILE.text(),
                List.of(file),
                (contents, present) ->
                        OutboundProxy.of(settings, FileContents.password(file, contents.get(0))));
    }

    /** Empty when the host is reached directly. */
    Optional<OutboundProxy> to(URI origin) {
        if (!"https".equals(origin.getScheme())) {
            return Optional.empty();
        }
        OutboundProxy current = withPasswordOfFile == null ? null : withPasswordOfFile.value();
        if (current != null) {
            return Optional.of(current);
        }
        return ofTheSettings != null ? Optional.of(ofTheSettings) : ofTheJvm(origin);
    }

    /** The file of the password, to be watched; empty when the password is a setting. */
    Optional<FileValue<?>> passwordFile() {
        return Optional.ofNullable(withPasswordOfFile);
    }

    private static Optional<OutboundProxy> ofTheJvm(URI origin) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector == null
                ? Optional.empty()
                : selector.select(origin).stream()
                        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                        .map(Proxy::address)
                        .filter(InetSocketAddress.class::isInstance)
                        .map(InetSocketAddress.class::cast)
                        .map(OutboundProxy::ofThisJvm)
                        .findFirst();
    }
}
