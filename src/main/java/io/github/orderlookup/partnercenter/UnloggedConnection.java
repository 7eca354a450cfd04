package io.github.orderlookup.partnercenter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that never logs what goes over it, and that is not used again when more has come
 * than the answer. The client's own one writes every header, the token included, to the log of
 * whoever turns on its debug level, and takes what is left over for the beginning of the next
 * answer.
 */
final class UnloggedConnection extends DefaultBHttpClientConnection
        implements ManagedHttpClientConnection {

    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout socketTimeout = Timeout.DISABLED;
    private @Nullable SessionInputBuffer read;
    private @Nullable InputStream unread;

    UnloggedConnection() {
        super(Http1Config.DEFAULT, null, null);
    }

    /** The factory that the client's pool asks for. */
    static ManagedHttpClientConnection create(@Nullable Socket socket) throws IOException {
        UnloggedConnection connection = new UnloggedConnection();
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
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
