package io.github.orderlookup.system.rest;

import io.github.orderlookup.description.RestContract;
import io.github.orderlookup.simulator.Header;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks HTTP/1.1 over a socket of its own for each request: any request target goes out as it is,
 * and every header line of the answer is shown. Answers are held to the description of the
 * endpoint. Thread-safe.
 */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int FIRST_BYTE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 1_000;

    private final URI origin;

    public RawHttp(URI origin) {
        this.origin = origin;
    }

    /**
     * @param headers lines without their ends
     */
    public RawAnswer get(String target, String... headers) {
        return send("GET", target, new byte[0], headers);
    }

    public RawAnswer send(String method, String target, byte[] body, String... headers) {
        try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request(method, target, body, headers));
            RawAnswer answer = read(method, new BufferedInputStream(socket.getInputStream()));
            RestContract.check(method, target, answer.status(), answer.values(), answer.body());
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    /**
     * Sends these bytes as they are and returns everything that comes back until the server closes
     * the connection or falls silent.
     */
    public String exchange(String bytes) {
        try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setSoTimeout(FIRST_BYTE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return untilSilence(socket);
        } catch (SocketException reset) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String untilSilence(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                socket.setSoTimeout(SILENCE_MILLIS);
                all.write(c);
            }
        } catch (SocketTimeoutException | SocketException end) {
            // What came until then is what came.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private byte[] request(String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: ").append(origin.getAuthority()).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static RawAnswer read(String method, InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        List<Header> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": ?", 2);
            headers.add(new Header(parts[0], parts[1]));
        }
        RawAnswer head = new RawAnswer(status, headers, new byte[0]);
        int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
        byte[] body = method.equals("HEAD") ? new byte[0] : in.readNBytes(length);
        return new RawAnswer(status, headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended after " + line);
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
