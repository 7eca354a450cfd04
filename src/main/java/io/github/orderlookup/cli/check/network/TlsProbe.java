package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.network.UntrustedException;
import io.github.orderlookup.network.WayOut;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TLS handshake as the service makes it, which keeps the certificates of the host even when
 * they are not accepted. Sends nothing.
 */
final class TlsProbe {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final URI origin;
    private final int timeoutMillis;
    private final WayOut wayOut;
    private List<X509Certificate> chain = List.of();
    private @Nullable IOException failure;

    /**
     * @param wayOut decides on the certificates, as it does for the service
     */
    TlsProbe(URI origin, Duration timeout, WayOut wayOut) {
        this.origin = origin;
        this.wayOut = wayOut;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * Connects directly, with a TLS handshake if {@code tls}.
     *
     * @throws IOException when the host does not listen
     */
    void connect(boolean tls) throws IOException {
        int port = origin.getPort() >= 0 ? origin.getPort() : tls ? HTTPS : HTTP;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port), timeoutMillis);
            if (tls) {
                handshake(socket);
            }
        }
    }

    private String host() {
        String host = origin.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** One TLS handshake through a tunnel, or over a connection. */
    void handshake(Socket socket) {
        try {
            socket.setSoTimeout(timeoutMillis);
            handshake(wayOut.tls(shown -> chain = shown), socket);
        } catch (IOException e) {
            failure = e;
        }
    }

    private void handshake(SSLContext context, Socket socket) throws IOException {
        int port = origin.getPort() >= 0 ? origin.getPort() : HTTPS;
        try (SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, host(), port, true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
        }
    }

    /** Leaf first; empty when none was shown. */
    List<X509Certificate> chain() {
        return chain;
    }

    /** Whether the handshake went well. */
    boolean isDone() {
        return failure == null;
    }

    /** Why the certificates were not accepted; empty when they were, or none was shown. */
    Optional<UntrustedException> refusal() {
        return failure == null ? Optional.empty() : UntrustedException.in(failure);
    }
}
