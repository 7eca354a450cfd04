package io.github.orderlookup.http;

import io.github.orderlookup.network.OutboundProxy;
import io.github.orderlookup.network.ProxyException;
import io.github.orderlookup.network.WayOut;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Runs one exchange over one connection. Gives the proxy its credential, with the request for a
 * tunnel and nowhere else, and reports failures that the client hides: the proxy opens no tunnel,
 * which the client takes for a response of the host; or no byte arrived over a connection that had
 * been idle.
 *
 * <p>Thread-safe.
 */
final class WireExecutor extends HttpRequestExecutor {

    /** Attribute of the context: how long the connection had been idle that delivered nothing. */
    private static final String IDLE = "order-lookup-idle";

    private final WayOut wayOut;
    private final Timeout tunnelTimeout;

    /**
     * @param connectTimeout how long the proxy may take to open a tunnel
     */
    WireExecutor(WayOut wayOut, Duration connectTimeout) {
        this.wayOut = wayOut;
        this.tunnelTimeout = Timeout.of(connectTimeout);
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException, HttpException {
        if (Method.CONNECT.isSame(request.getMethod())) {
            return openTunnel(request, connection, callback, context);
        }
        try {
            return super.execute(request, connection, callback, context);
        } catch (IOException | RuntimeException e) {
            noteIdle(connection, context);
            throw e;
        }
    }

    private ClassicHttpResponse openTunnel(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException {
        OutboundProxy proxy = proxyTo(request.getRequestUri());
        proxy.credential()
                .ifPresent(
                        value ->
                                request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, value.reveal()));
        Timeout usual = connection.getSocketTimeout();
        connection.setSocketTimeout(tunnelTimeout);
        try {
            ClassicHttpResponse response = super.execute(request, connection, callback, context);
            if (response.getCode() == HttpStatus.SC_OK) {
                connection.setSocketTimeout(usual);
                return response;
            }
            if (response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
                wayOut.credentialRefused();
            }
            throw ProxyException.refused(
                    proxy, request.getRequestUri(), response.getCode(), challenges(response));
        } catch (ProxyException e) {
            throw e;
        } catch (SocketTimeoutException e) {
            throw ProxyException.silent(proxy, e);
        } catch (IOException | HttpException e) {
            throw ProxyException.noHttp(proxy);
        }
    }

    private static List<String> challenges(ClassicHttpResponse response) {
        return Arrays.stream(response.getHeaders(HttpHeaders.PROXY_AUTHENTICATE))
                .map(header -> String.valueOf(header.getValue()))
                .toList();
    }

    /**
     * @param target host and port, as CONNECT names it
     */
    private OutboundProxy proxyTo(String target) throws IOException {
        return wayOut.proxyTo(URI.create("https://" + target))
                .orElseThrow(() -> new IOException("The JVM has just changed its proxy"));
    }

    private static void noteIdle(HttpClientConnection connection, HttpContext context) {
        if (connection instanceof UnloggedConnection ours) {
            ours.idleBeforeSilence().ifPresent(idle -> context.setAttribute(IDLE, idle));
        }
    }

    /**
     * How long the connection had been idle over which the last exchange failed without a byte of a
     * response, and forgets it; empty when the connection was new, or a part of a response arrived.
     */
    static Optional<Duration> takeIdle(HttpContext context) {
        return context.removeAttribute(IDLE) instanceof Duration idle
                ? Optional.of(idle)
                : Optional.empty();
    }
}
