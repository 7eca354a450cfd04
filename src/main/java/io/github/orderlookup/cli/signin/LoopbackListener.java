package io.github.orderlookup.cli.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.orderlookup.settings.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Waits at a loopback port for the browser to come back from the login host. The request that
 * brings a code or an error is answered when it is known what came of it; every other one is
 * answered with 400 or 404 at once and changes nothing. Thread-safe.
 */
final class LoopbackListener implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int BACKLOG = 16;
    private static final int TRIES = 10;
    private static final Duration LAST_ANSWER = Duration.ofSeconds(5);

    /**
     * The server's log, which would show requests, and with them the code. Held, so that it stays
     * off.
     */
    private static final Logger SERVER_LOG = Logger.getLogger("com.sun.net.httpserver");

    /** Seconds in which a request must have arrived; read when the first server is created. */
    private static final String LONGEST_REQUEST = "sun.net.httpserver.maxReqTime";

    private final Secret state;
    private final int port;
    private final List<HttpServer> servers;
    private final ExecutorService threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    1,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    LoopbackListener::daemon);
    private final CompletableFuture<Redirect> redirect = new CompletableFuture<>();
    private final CompletableFuture<String> page = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    /**
     * @param port 0 for any free one
     * @param state of the one redirect that is waited for
     * @throws BindException when the port is taken
     */
    LoopbackListener(int port, Secret state) throws IOException {
        SERVER_LOG.setLevel(Level.OFF);
        System.setProperty(LONGEST_REQUEST, System.getProperty(LONGEST_REQUEST, "10"));
        this.state = state;
        this.servers = bind(port);
        this.port = servers.get(0).getAddress().getPort();
        for (HttpServer server : servers) {
            server.createContext("/", this::handle);
            server.setExecutor(threads);
            server.start();
        }
    }

    /** The browser may take either address for {@code localhost}. */
    private static List<HttpServer> bind(int port) throws IOException {
        for (int n = 1; ; n++) {
            HttpServer first = server("127.0.0.1", port);
            try {
                return withSecond(first);
            } catch (BindException e) {
                first.stop(0);
                if (port != 0 || n == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static List<HttpServer> withSecond(HttpServer first) throws IOException {
        List<HttpServer> servers = new ArrayList<>(List.of(first));
        if (hasIpv6Loopback()) {
            servers.add(server("::1", first.getAddress().getPort()));
        }
        return servers;
    }

    private static boolean hasIpv6Loopback() {
        try {
            server("::1", 0).stop(0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpServer server(String address, int port) throws IOException {
        return HttpServer.create(
                new InetSocketAddress(InetAddress.getByName(address), port), BACKLOG);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "order-lookup-redirect");
        thread.setDaemon(true);
        return thread;
    }

    /** Where the browser must be sent. */
    URI uri() {
        return URI.create("http://localhost:" + port);
    }

    /** What the browser brings; empty when it has not come in time. */
    Optional<Redirect> await(Duration patience) {
        try {
            return Optional.of(redirect.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new CompletionException(e);
        }
    }

    /** Answers the browser, and waits a moment until it has the page. */
    void answer(String html) {
        page.complete(html);
        try {
            answered.get(LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The browser is gone; the terminal says the same.
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            Redirect found =
                    Redirect.of(
                            exchange.getRequestMethod(),
                            exchange.getRequestHeaders().getFirst("Host"),
                            port,
                            asked.getPath(),
                            asked.getRawQuery(),
                            state);
            if (found instanceof Redirect.Stray stray) {
                exchange.sendResponseHeaders(stray.status(), -1);
                return;
            }
            redirect.complete(found);
            sendPage(exchange);
        } catch (IOException e) {
            // The browser is gone; the terminal says the same.
        }
    }

    private void sendPage(HttpExchange exchange) throws IOException {
        try {
            send(exchange, page.join());
        } finally {
            answered.complete(null);
        }
    }

    private static void send(HttpExchange exchange, String html) throws IOException {
        byte[] body = html.getBytes(UTF_8);
        ResultPage.HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
