package io.github.orderlookup.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers every connection with a body of a tebibyte, as fast as it is read. */
public final class EndlessServer implements AutoCloseable {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1099511627776\r\n\r\n";

    private final ServerSocket server;

    public EndlessServer() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "endless-server");
        thread.setDaemon(true);
        thread.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        byte[] blanks = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write(blanks);
                }
            } catch (IOException hungUp) {
                // The client has had enough, or the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
