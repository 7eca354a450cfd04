package io.github.orderlookup.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that does not log its traffic, sends allowed headers only, and is not used again
 * when more than the response has arrived. The client's own class logs every header, the token
 * included, at its debug level, and takes surplus bytes for the beginning of the next response.
 *
 * <p>The headers are filtered while they are written, after a tracing agent has added its own.
 */
final class UnloggedConnection extends DefaultBHttpClientConnection
        implements ManagedHttpClientConnection {

    /** Bound the head of a response. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(500).build();

    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout socketTimeout = Timeout.DISABLED;
    private @Nullable SessionInputBuffer read;
    private @Nullable InputStream unread;
    private @Nullable Long releasedAt;
    private @Nullable Duration idle;
    private long receivedBefore;

    private UnloggedConnection(Set<String> allowedHeaders) {
        super(LIMITS, null, null, null, null, () -> new AllowedHeadersWriter(allowedHeaders), null);
    }

    /**
     * The factory that the client's pool asks for.
     *
     * @param allowedHeaders the names of the headers that may be sent, in any case
     */
    static HttpConnectionFactory<ManagedHttpClientConnection> factory(Set<String> allowedHeaders) {
        Set<String> anyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.addAll(allowedHeaders);
        return socket -> create(socket, anyCase);
    }

    private static ManagedHttpClientConnection create(
            @Nullable Socket socket, Set<String> allowedHeaders) throws IOException {
        UnloggedConnection connection = new UnloggedConnection(allowedHeaders);
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }

    /** Writes the head of a request without the headers that are not allowed. */
    private static final class AllowedHeadersWriter extends DefaultHttpRequestWriter {

        private final Set<String> allowed;

        AllowedHeadersWriter(Set<String> allowed) {
            this.allowed = allowed;
        }

        @Override
        public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
                throws IOException, HttpException {
            for (Header header : request.getHeaders()) {
                if (!allowed.contains(header.getName()) && !isForProxy(request, header)) {
                    request.removeHeaders(header.getName());
                }
            }
            super.write(request, buffer, out);
        }

        /** The credential of the proxy goes to the proxy alone, with the request for a tunnel. */
        private static boolean isForProxy(ClassicHttpRequest request, Header header) {
            return Method.CONNECT.isSame(request.getMethod())
                    && header.getName().equals(HttpHeaders.PROXY_AUTHORIZATION);
        }
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        idle = releasedAt == null ? null : Duration.ofNanos(System.nanoTime() - releasedAt);
        receivedBefore = received();
        super.sendRequestHeader(request);
    }

    private long received() {
        EndpointDetails details = getEndpointDetails();
        return details == null ? 0 : details.getReceivedBytesCount();
    }

    /**
     * How long the connection had been idle when the last request was sent, if no byte of a
     * response has arrived; empty if one has, or the connection was new.
     */
    Optional<Duration> idleBeforeSilence() {
        return received() == receivedBefore ? Optional.ofNullable(idle) : Optional.empty();
    }

    @Override
    public void bind(Socket socket) throws IOException {
        super.bind(socket);
        socketTimeout = Timeout.ofMilliseconds(socket.getSoTimeout());
    }

    @Override
    public void bind(SSLSocket sslSocket, Socket socket) throws IOException {
        super.bind(sslSocket, socket);
        socketTimeout = Timeout.ofMilliseconds(sslSocket.getSoTimeout());
    }

    /** A connection that was cancelled while it was being established stays closed. */
    @Override
    protected void bind(SocketHolder holder) throws IOException {
        if (closed.get()) {
            holder.getSocket().close();
            throw new InterruptedIOException("The connection is closed already");
        }
        super.bind(holder);
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    protected InputStream createContentInputStream(
            long length, SessionInputBuffer buffer, InputStream stream) {
        read = buffer;
        unread = stream;
        return super.createContentInputStream(length, buffer, stream);
    }

    /** Called after a response: whether another call may use the connection. */
    @Override
    public boolean isConsistent() {
        return super.isConsistent() && isReadToItsEnd();
    }

    /** False after a response without a body, where it cannot be known. */
    private boolean isReadToItsEnd() {
        try {
            return read != null && read.length() == 0 && unread != null && unread.available() == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Called before a call when the connection was idle: whether anything has arrived. */
    @Override
    public boolean isStale() throws IOException {
        return super.isStale() || (read != null && read.length() > 0);
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    @Override
    public void passivate() {
        releasedAt = System.nanoTime();
        super.setSocketTimeout(Timeout.DISABLED);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            super.close();
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (closed.compareAndSet(false, true)) {
            super.close(mode);
        }
    }
}
