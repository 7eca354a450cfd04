package io.github.orderlookup.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each request with an Order over connections that stay, until they are to be dead. */
final class KeepAliveServer implements AutoCloseable {

    /** What becomes of a request over a connection that is dead. */
    enum Death {
        /** Nothing, as behind a firewall that has forgotten the connection. */
        SILENT,
        /** The connection ends without a byte, as one that was closed for being idle. */
        CLOSED
    }

    private static final String BODY = "{\"id\":\"order\"}";
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + BODY.length()
                    + "\r\n\r\n"
                    + BODY;

    private final LoopbackServer server;
    private final Set<Socket> dead = ConcurrentHashMap.newKeySet();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private volatile Death death = Death.SILENT;

    KeepAliveServer() throws IOException {
        server = new LoopbackServer(this::serve);
    }

    URI uri() {
        return server.uri();
    }

    /** From now on the connections that there are take requests and answer none. */
    void kill(Death how) {
        death = how;
        dead.addAll(server.open());
    }

    /** The {@code MS-RequestId} of each request that was answered. */
    List<String> answered() {
        return new ArrayList<>(answered);
    }

    /** The {@code MS-RequestId} of each request over a dead connection. */
    List<String> lost() {
        return new ArrayList<>(lost);
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        boolean goesOn = true;
        while (goesOn) {
            goesOn = answerNext(socket, in);
        }
    }

    private boolean answerNext(Socket socket, BufferedReader in) throws IOException {
        String line = in.readLine();
        String id = "";
        for (; line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("MS-RequestId: ")) {
                id = line.substring(14);
            }
        }
        if (line == null) {
            return false;
        }
        if (dead.contains(socket)) {
            lost.add(id);
            return death == Death.SILENT;
        }
        answered.add(id);
        socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
