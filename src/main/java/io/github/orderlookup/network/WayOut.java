package io.github.orderlookup.network;

import io.github.orderlookup.settings.NetworkSettings;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The one way out to the API and to the login host: which proxy, and whose certificates are
 * trusted. Thread-safe.
 */
public final class WayOut {

    private final ProxyChoice proxies;
    private final TrustedAuthorities authorities;

    private WayOut(ProxyChoice proxies, TrustedAuthorities authorities) {
        this.proxies = proxies;
        this.authorities = authorities;
    }

    public static WayOut of(NetworkSettings settings) {
        return new WayOut(
                new ProxyChoice(settings.proxy()),
                new TrustedAuthorities(settings.caCertificates()));
    }

    /** The proxy through which a host is reached; empty when directly. */
    public Optional<OutboundProxy> proxyTo(URI origin) {
        return proxies.to(origin);
    }

    /** For the next TLS connection: what the authorities are at this moment. */
    public SSLContext tls() {
        return authorities.tls();
    }

    /** Decides on the certificates of the next TLS connection. */
    public X509ExtendedTrustManager trust() {
        return authorities.trust();
    }
}
