package io.github.orderlookup.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy at loopback that opens tunnels, with or without a credential, refuses them, answers
 * no HTTP, or nothing. It knows host names that nobody else knows. Thread-safe.
 */
public final class ConnectProxy implements AutoCloseable {

    private static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final LoopbackServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, InetSocketAddress> names = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile String answer;
    private volatile @Nullable String credential;

    /**
     * @param status the answer to CONNECT; with 200 the way is opened
     */
    public ConnectProxy(int status) throws IOException {
        answer = status == 200 ? OPEN : refusal(status, "");
        server = new LoopbackServer(this::serve);
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /** As the setting {@code partner-center.proxy} names it. */
    public String url() {
        return server.uri().toString();
    }

    /** Host and port, as messages name it. */
    public String name() {
        return server.uri().getAuthority();
    }

    /** Answers like this from now on. */
    public void answer(int status) {
        answer = status == 200 ? OPEN : refusal(status, "");
    }

    /** Refuses with headers from now on, each with a line end. */
    public void refuse(int status, String headers) {
        answer = refusal(status, headers);
    }

    /** Answers this text, HTTP or not, from now on; the empty one hangs up. */
    public void say(String text) {
        answer = text;
    }

    /** Opens tunnels from now on for this user alone, and refuses others with 407. */
    public ConnectProxy askFor(String user, String password) {
        credential =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + password).getBytes(UTF_8));
        return this;
    }

    /** Leads tunnels to {@code host:443} to a port of loopback. */
    public ConnectProxy knows(String host, int port) {
        names.put(host + ":443", new InetSocketAddress("127.0.0.1", port));
        return this;
    }

    /** The head of each request. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How many tunnels it has opened. */
    public int opened() {
        return opened.get();
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        String head = head(in);
        asked.add(head);
        if (!isAllowed(head)) {
            write(client, refusal(407, "Proxy-Authenticate: Basic realm=\"the tests\"\r\n"));
        } else if (answer.equals(OPEN) && head.startsWith("CONNECT ")) {
            tunnel(client, in, head.split(" ")[1]);
        } else {
            write(client, answer);
        }
    }

    private boolean isAllowed(String head) {
        String needed = credential;
        return needed == null
                || head.lines().anyMatch(line -> line.equals("Proxy-Authorization: " + needed));
    }

    private static String refusal(int status, String headers) {
        return "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: 2\r\n\r\nno";
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void tunnel(Socket client, InputStream fromClient, String target) throws IOException {
        try (Socket host = connect(target)) {
            opened.incrementAndGet();
            write(client, OPEN);
            threads.execute(() -> pump(host, client));
            fromClient.transferTo(host.getOutputStream());
        }
    }

    private Socket connect(String target) throws IOException {
        InetSocketAddress known = names.get(target);
        int colon = target.lastIndexOf(':');
        return known != null
                ? new Socket(known.getAddress(), known.getPort())
                : new Socket(
                        target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    }

    private static void pump(Socket from, Socket to) {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException hungUp) {
            // One side is gone.
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
