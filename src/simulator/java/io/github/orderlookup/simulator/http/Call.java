package io.github.orderlookup.simulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A request under way, with the answer it gets when nothing else is scripted. Event loop only. */
public final class Call {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Supplier<Reply> normal;

    public Call(Vertx vertx, HttpServerRequest request, Supplier<Reply> normal) {
        this.vertx = vertx;
        this.request = request;
        this.normal = normal;
    }

    public HttpServerRequest request() {
        return request;
    }

    /** The answer of a service in good health; works it out anew at every call. */
    public Reply normal() {
        return normal.get();
    }

    public void send(Reply reply) {
        if (open()) {
            head(reply).end(Buffer.buffer(reply.body()));
        }
    }

    /** Sends status and headers, promising a body of {@code length} bytes. */
    HttpServerResponse promise(Reply reply, long length) {
        return head(reply).putHeader("Content-Length", Long.toString(length));
    }

    /** Whether anybody still waits for the answer. */
    boolean open() {
        return !request.response().ended() && !request.response().closed();
    }

    public void after(Duration wait, Runnable action) {
        if (wait.toMillis() < 1) {
            action.run();
        } else {
            vertx.setTimer(wait.toMillis(), timer -> action.run());
        }
    }

    public void after(CompletionStage<?> moment, Runnable action) {
        Context eventLoop = vertx.getOrCreateContext();
        moment.thenRun(() -> eventLoop.runOnContext(unused -> action.run()));
    }

    /** Ends the connection in order (FIN, under TLS after a close_notify). */
    public void close() {
        request.connection().close();
    }

    /** Ends the connection with a TCP reset. */
    public void reset() {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().close(channel.voidPromise());
    }

    private HttpServerResponse head(Reply reply) {
        HttpServerResponse response = request.response().setStatusCode(reply.status());
        reply.headers().forEach(header -> response.headers().add(header.name(), header.value()));
        return response;
    }
}
