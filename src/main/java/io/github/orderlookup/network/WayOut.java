package io.github.orderlookup.network;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.NetworkSettings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The one way out to the API and to the login host: which proxy, and whose certificates are
 * trusted. What stands in files is read again when {@link #files} change. Thread-safe.
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

    /**
     * Looks at the file of the proxy's password, if there is one: the next request for a tunnel
     * gives what it holds now.
     */
    public void credentialRefused() {
        proxies.passwordFile().ifPresent(FileValue::lookNow);
    }

    /** For the next TLS connection: trusts the authorities of this moment. */
    public SSLContext tls() {
        return authorities.tls();
    }

    /**
     * The same for one connection.
     *
     * @param observer gets the certificates that the host shows, its own first, before they are
     *     judged
     */
    public SSLContext tls(Consumer<List<X509Certificate>> observer) {
        return authorities.tls(observer);
    }

    /** The files that the settings name, to be watched. */
    public List<FileValue<?>> files() {
        return Stream.of(proxies.passwordFile(), authorities.file())
                .<FileValue<?>>flatMap(Optional::stream)
                .toList();
    }
}
