package io.github.orderlookup.network;

import io.github.orderlookup.settings.ProxySettings;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a host is reached through: that of the settings for every host, else the one that the
 * JVM chooses, else none.
 *
 * <p>Plain http is spoken to loopback alone and goes direct: a proxy would see the token. The
 * environment (HTTPS_PROXY) is not read. Thread-safe.
 */
final class ProxyChoice {

    private final @Nullable OutboundProxy ofTheSettings;

    ProxyChoice(@Nullable ProxySettings settings) {
        this.ofTheSettings = settings == null ? null : OutboundProxy.of(settings);
    }

    /** Empty when the host is reached directly. */
    Optional<OutboundProxy> to(URI origin) {
        if (!"https".equals(origin.getScheme())) {
            return Optional.empty();
        }
        return ofTheSettings != null ? Optional.of(ofTheSettings) : ofTheJvm(origin);
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
