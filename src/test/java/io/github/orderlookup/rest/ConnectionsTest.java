package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.time.ManualClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to a real HTTP server of Vert.x, with time passed in. */
class ConnectionsTest {

    private static final String REQUEST = "GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final ManualClock clock = new ManualClock();
    private final Connections connections = new Connections(3, clock);
    private final Queue<HttpServerRequest> unanswered = new ConcurrentLinkedQueue<>();
    private final List<Socket> clients = new ArrayList<>();
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void start() {
        vertx =
                HardenedVertx.of(
                        Vertx.vertx(), HostRule.of("127.0.0.1", false, "http"), connections, null);
        Router router = Router.router(vertx);
        router.route("/wait").handler(context -> unanswered.add(context.request()));
        router.route("/now").handler(context -> context.response().end("now"));
        server =
                vertx.createHttpServer(new HttpServerOptions())
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void closesTheOldestWithoutARequestForANewOne() throws IOException {
        Socket oldest = connect(1);
        Socket waiting = connect(2);
        send(waiting, "wait");
        Socket idle = connect(3);
        await().until(() -> unanswered.size() == 1);

        Socket added = connect();

        assertThat(isEnded(oldest)).isTrue();
        send(added, "now");
        assertThat(firstLine(added)).isEqualTo("HTTP/1.1 200 OK");
        send(idle, "now");
        assertThat(firstLine(idle)).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void refusesANewOneWhereAllWaitForAnswers() throws IOException {
        for (int i = 1; i <= 3; i++) {
            send(connect(i), "wait");
        }
        await().until(() -> unanswered.size() == 3);

        assertThat(isEnded(connect())).isTrue();
        unanswered.forEach(request -> request.response().end());
        assertThat(firstLine(clients.get(0))).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void closesAConnectionWhoseFirstRequestDoesNotComplete() throws IOException {
        Socket client = connect(1);
        client.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow".getBytes(StandardCharsets.UTF_8));

        clock.advance(Connections.FIRST_HEAD);
        connections.closeOverdue();
        assertThat(connections.size()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        connections.closeOverdue();

        assertThat(isEnded(client)).isTrue();
    }

    @Test
    void closesAConnectionWhoseBodyDoesNotComplete() throws IOException {
        Socket client = connect(1);
        String head = "GET /wait HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc";
        client.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        await().until(() -> unanswered.size() == 1);

        clock.advance(Connections.BODY.plusMillis(1));
        connections.closeOverdue();

        assertThat(isEnded(client)).isTrue();
    }

    @Test
    void letsARequestWaitForItsAnswerAndClosesItsConnectionLater() throws IOException {
        Socket client = connect(1);
        send(client, "wait");
        await().until(() -> unanswered.size() == 1);
        clock.advance(Duration.ofDays(1));
        connections.closeOverdue();

        unanswered.remove().response().end();
        assertThat(firstLine(client)).isEqualTo("HTTP/1.1 200 OK");
        connections.closeOverdue();
        assertThat(connections.size()).isEqualTo(1);
        clock.advance(Connections.NEXT_HEAD.plusMillis(1));
        connections.closeOverdue();

        await().until(() -> connections.size() == 0);
    }

    /** Connects, and waits until the server knows of so many connections. */
    private Socket connect(int count) throws IOException {
        Socket client = connect();
        await().until(() -> connections.size() == count);
        return client;
    }

    private Socket connect() throws IOException {
        Socket client = new Socket("127.0.0.1", server.actualPort());
        client.setSoTimeout(30_000);
        clients.add(client);
        return client;
    }

    private static void send(Socket client, String path) throws IOException {
        client.getOutputStream().write(REQUEST.formatted(path).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isEnded(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static String firstLine(Socket client) throws IOException {
        byte[] line = client.getInputStream().readNBytes("HTTP/1.1 200 OK".length());
        return new String(line, StandardCharsets.US_ASCII);
    }
}
