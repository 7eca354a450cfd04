package io.github.orderlookup.system;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One TLS connection to a REST endpoint that stays open: which certificate it was made with, and
 * lookups over it. Trusts everything. Not thread-safe.
 */
public final class TlsConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final SSLSocket socket;
    private final InputStream in;
    private final X509Certificate certificate;

    private TlsConnection(SSLSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        this.certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects with a whole handshake of its own: no session is resumed. */
    public static TlsConnection open(URI rest) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return new TlsConnection(
                    (SSLSocket)
                            context.getSocketFactory().createSocket("127.0.0.1", rest.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate that the server showed. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Looks an order up; returns the status. */
    public int lookUp(String orderId, String key) {
        String request =
                "GET /v1/customers/"
                        + CUSTOMER
                        + "/orders/"
                        + orderId
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: "
                        + key
                        + "\r\n\r\n";
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
