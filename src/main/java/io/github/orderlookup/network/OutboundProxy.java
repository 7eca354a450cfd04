package io.github.orderlookup.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.settings.ProxySettings;
import io.github.orderlookup.settings.Secret;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that opens a tunnel to a host.
 *
 * @param host without brackets
 * @param authorization value of the header {@code Proxy-Authorization}; null when it gets none
 */
public record OutboundProxy(String host, int port, Source source, @Nullable Secret authorization) {

    /** What names the proxy. */
    public enum Source {
        /** {@code partner-center.proxy}. */
        SETTING("partner-center.proxy"),
        /** The proxy properties of this JVM, or its proxy selector. */
        JVM("https.proxyHost of this JVM");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        /** As an operator knows it. */
        public String text() {
            return text;
        }
    }

    /**
     * @param password of the user of the settings; null when there is none
     */
    static OutboundProxy of(ProxySettings settings, @Nullable Secret password) {
        String user = settings.user();
        return new OutboundProxy(
                settings.host(),
                settings.port(),
                Source.SETTING,
                user == null || password == null ? null : basic(user, password));
    }

    /** Names are looked up when a connection is made, not here. */
    static OutboundProxy ofThisJvm(InetSocketAddress address) {
        return new OutboundProxy(address.getHostString(), address.getPort(), Source.JVM, null);
    }

    /**
     * The credential in the scheme Basic.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
     */
    private static Secret basic(String user, Secret password) {
        byte[] credential = (user + ":" + password.reveal()).getBytes(UTF_8);
        return new Secret("Basic " + Base64.getEncoder().encodeToString(credential));
    }

    /** What is sent with the request for a tunnel, before the proxy asks for it. */
    public Optional<Secret> credential() {
        return Optional.ofNullable(authorization);
    }

    /** Host and port. */
    public String name() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
