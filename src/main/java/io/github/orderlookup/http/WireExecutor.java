package io.github.orderlookup.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Runs one exchange over one connection and reports two failures that the client hides: the proxy
 * refused the tunnel, which the client takes for a response of the host; or no byte arrived over a
 * connection that had been idle.
 *
 * <p>Thread-safe.
 */
final class WireExecutor extends HttpRequestExecutor {

    /** Attribute of the context: how long the connection had been idle that delivered nothing. */
    private static final String IDLE = "order-lookup-idle";

    /** The proxy does not open a tunnel to the host. */
    static final class TunnelRefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        TunnelRefusedException(int status) {
            super("The proxy answered with status " + status);
            this.status = status;
        }

        int status() {
            return status;
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
                requireTunnel(response);
            }
            return response;
        } catch (IOException | RuntimeException e) {
            noteIdle(connection, context);
            throw e;
        }
    }

    private static void requireTunnel(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != HttpStatus.SC_OK) {
            throw new TunnelRefusedException(response.getCode());
        }
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
