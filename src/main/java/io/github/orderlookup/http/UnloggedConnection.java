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
 * A connection that never logs what goes over it, that lets out no header but those that are
 * allowed, and that is not used again when more has come than the answer. The client's own one
 * writes every header, the token included, to the log of whoever turns on its debug level, and
 * takes what is left over for the beginning of the next answer.
 *
 * <p>The headers are looked at while they are written: what a tracing agent adds to a request,
 * wherever in the client it does so, is there by then.
 */
final class UnloggedConnection extends DefaultBHttpClientConnection
        implements ManagedHttpClientConnection {

    /** An answer whose head does not end is none. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(500).build();

    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout socketTimeout = Timeout.DISABLED;
    private @Nullable SessionInputBuffer read;
    private @Nullable InputStream unread;
    private @Nullable Long givenBackAt;
    private @Nullable Duration idle;
    private long receivedBefore;

    private UnloggedConnection(Set<String> allowedHeaders) {
        super(LIMITS, null, null, null, null, () -> new AllowedHeadersWriter(allowedHeaders), null);
    }

    /**
     * The factory that the client's pool asks for.
     *
     * @param allowedHeaders the names of the headers that may leave, in any case
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

    /** Writes the head of a request without the headers that may not leave. */
    private static final class AllowedHeadersWriter extends DefaultHttpRequestWriter {

        private final Set<String> allowed;

        AllowedHeadersWriter(Set<String> allowed) {
            this.allowed = allowed;
        }

        @Override
        public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
                throws IOException, HttpException {
            for (Header header : request.getHeaders()) {
                if (!allowed.contains(header.getName())) {
                    request.removeHeaders(header.getName());
                }
            }
            super.write(request, buffer, out);
        }
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        idle = givenBackAt == null ? null : Duration.ofNanos(System.nanoTime() - givenBackAt);
        receivedBefore = received();
        super.sendRequestHeader(request);
    }

    private long received() {
        EndpointDetails details = getEndpointDetails();
        return details == null ? 0 : details.getReceivedBytesCount();
    }

    /**
     * How long the connection had been idle when the request was sent to which no byte has come;
     * empty when it was new, or something has come.
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

    /** A connection that was cancelled while it was being made stays closed. */
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

    /** Asked after an answer: whether another call may use the connection. */
    @Override
    public boolean isConsistent() {
        return super.isConsistent() && isReadToItsEnd();
    }

    /** After an answer that had no body nobody can tell. */
    private boolean isReadToItsEnd() {
        try {
            return read != null && read.length() == 0 && unread != null && unread.available() == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Asked before a call when the connection was idle; looks whether anything has come. */
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
        givenBackAt = System.nanoTime();
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
