package io.github.orderlookup.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans as OTLP over HTTP does: protobuf, in which texts stand as they are. */
public final class SpanCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    public SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(new String(body, StandardCharsets.ISO_8859_1));
        requests.add(
                exchange.getRequestURI().getPath()
                        + " "
                        + exchange.getRequestHeaders().getFirst("x-collector-key"));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Path and key of each request. */
    public List<String> requests() {
        return requests;
    }

    /** All that was received, byte by byte as ISO 8859-1. */
    public String spans() {
        return String.join("", bodies);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
