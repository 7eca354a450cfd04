package io.github.orderlookup.embedded;

import io.github.orderlookup.http.LoopbackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers requests with bytes as they are, which need not be HTTP. What is asked for is known by
 * the last part of its path; an answer that is empty hangs up.
 */
final class RawServer implements AutoCloseable {
    private final LoopbackServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    RawServer() throws IOException {
        server = new LoopbackServer(this::serve);
    }

    URI uri() {
        return server.uri();
    }

    /**
     * Sets the answer to every request for this.
     *
     * @param hangUp whether the connection ends with it
     */
    void answer(String asked, String answer, boolean hangUp) {
        answers.put(asked, (hangUp ? "-" : "+") + answer);
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        boolean goesOn = true;
        while (goesOn) {
            goesOn = answerNext(in, socket.getOutputStream());
        }
    }

    private boolean answerNext(BufferedReader in, OutputStream out) throws IOException {
        String asked = in.readLine();
        for (String line = asked; line != null && !line.isEmpty(); line = in.readLine()) {
            // Only the first line matters.
        }
        if (asked == null) {
            return false;
        }
        String path = asked.split(" ")[1];
        String answer = answers.getOrDefault(path.substring(path.lastIndexOf('/') + 1), "-");
        out.write(answer.substring(1).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return answer.startsWith("+");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
