package io.github.orderlookup.partnercenter;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.Closer;

/**
 * One exchange over one connection. It tells three things that the client would hide: that the
 * proxy refused the way to the host, which the client takes for an answer of the host; that not a
 * byte came over a connection that had been idle; and an {@link Error}, after which the client
 * would close all its connections for good.
 *
 * <p>Thread-safe.
 */
final class WireExecutor extends HttpRequestExecutor {

    /** Attribute of the context: how long the connection had been idle over which nothing came. */
    private static final String IDLE = "order-lookup-idle";

    /** An error during the exchange; whoever called the client throws it on. */
    static final class ErrorDuringCallException extends IOException {

        private static final long serialVersionUID = 1L;

        ErrorDuringCallException(Error error) {
            super("An error during the call", error);
        }

        /** The error itself. */
        Error error() {
            return getCause() instanceof Error error ? error : new AssertionError(this);
        }
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException, HttpException {
        try {
            ClassicHttpResponse response = super.execute(request, connection, callback, context);
            if (Method.CONNECT.isSame(request.getMethod())) {
                requireTunnel(response, context);
            }
            return response;
        } catch (IOException | RuntimeException e) {
            noteIdle(connection, context);
            throw e;
        } catch (Error e) {
            Closer.closeQuietly(connection);
            throw new ErrorDuringCallException(e);
        }
    }

    private static void requireTunnel(ClassicHttpResponse response, HttpContext context)
            throws ProxyException {
        HttpHost proxy = HttpClientContext.cast(context).getHttpRoute().getProxyHost();
        if (response.getCode() != HttpStatus.SC_OK && proxy != null) {
            throw ProxyException.refused(proxy, response.getCode());
        }
    }

    private static void noteIdle(HttpClientConnection connection, HttpContext context) {
        if (connection instanceof UnloggedConnection ours) {
            ours.idleBeforeSilence().ifPresent(idle -> context.setAttribute(IDLE, idle));
        }
    }

    /**
     * How long the connection had been idle over which the last exchange failed without a byte of
     * an answer; empty when the connection was new, or a part of an answer came. Tells it once.
     */
    static Optional<Duration> takeIdle(HttpContext context) {
        return context.removeAttribute(IDLE) instanceof Duration idle
                ? Optional.of(idle)
                : Optional.empty();
    }
}
