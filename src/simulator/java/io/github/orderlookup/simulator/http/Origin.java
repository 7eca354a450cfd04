package io.github.orderlookup.simulator.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One HTTP server on the loopback, which keeps its port over stop and start. */
public final class Origin {

    private static final String HOST = "localhost";

    private final Vertx vertx;
    private final @Nullable ServerCertificate certificate;
    private final BiConsumer<HttpServerRequest, Buffer> handler;
    private volatile int port;
    private @Nullable HttpServer server;

    /**
     * @param port 0 for any free one
     * @param certificate null for plain HTTP
     */
    public Origin(
            Vertx vertx,
            int port,
            @Nullable ServerCertificate certificate,
            BiConsumer<HttpServerRequest, Buffer> handler) {
        this.vertx = vertx;
        this.port = port;
        this.certificate = certificate;
        this.handler = handler;
    }

    public synchronized void start() {
        if (server == null) {
            HttpServer started = vertx.createHttpServer(options()).requestHandler(this::received);
            Blocking.await(started.listen(port, "127.0.0.1"));
            port = started.actualPort();
            server = started;
        }
    }

    /** Closes the port and every connection. */
    public synchronized void stop() {
        if (server != null) {
            Blocking.await(server.close());
            server = null;
        }
    }

    public URI uri() {
        return URI.create((certificate == null ? "http" : "https") + "://" + HOST + ":" + port);
    }

    private void received(HttpServerRequest request) {
        request.body().onSuccess(body -> handler.accept(request, body));
    }

    private HttpServerOptions options() {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(0)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setMaxHeaderSize(64 * 1024)
                        .setTcpNoDelay(true)
                        .setAcceptBacklog(1024);
        if (certificate != null) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PfxOptions()
                                    .setPath(certificate.keyStore().toString())
                                    .setPassword(ServerCertificate.PASSWORD));
        }
        return options;
    }
}
