package io.github.orderlookup.rest;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One large response on its way to its caller, in pieces as the caller reads. Thread-safe; it is
 * written on the event loop of its connection.
 */
final class ResponseWrite {

    /** Bytes written at once. */
    static final int PIECE = 64 * 1024;

    /** A caller who reads nothing for so long is cut off. */
    static final Duration LONGEST_STALL = Duration.ofSeconds(30);

    /** A caller who has not read the whole response within so long is cut off. */
    static final Duration LONGEST_WRITE = Duration.ofMinutes(5);

    private final RoutingContext context;
    private final Context loop;
    private final HttpServerResponse response;
    private final byte[] body;
    private final Runnable accepted;
    private final Clock clock;
    private final Consumer<ResponseWrite> onOver;
    private final Instant since;
    private final AtomicBoolean isAccepted = new AtomicBoolean();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile Instant lastProgress;
    private int written;

    /**
     * @param accepted run once, when the writing begins or the caller is gone
     * @param clock monotonic
     * @param onOver called once, when the response is written or cut off
     */
    ResponseWrite(
            RoutingContext context,
            byte[] body,
            Runnable accepted,
            Clock clock,
            Consumer<ResponseWrite> onOver) {
        this.context = context;
        this.loop = context.vertx().getOrCreateContext();
        this.response = context.response();
        this.body = body;
        this.accepted = accepted;
        this.clock = clock;
        this.onOver = onOver;
        this.since = clock.instant();
        this.lastProgress = since;
    }

    int size() {
        return body.length;
    }

    Instant lastProgress() {
        return lastProgress;
    }

    void touch() {
        lastProgress = clock.instant();
    }

    boolean isOverdue(Instant now) {
        return lastProgress.plus(LONGEST_STALL).isBefore(now)
                || since.plus(LONGEST_WRITE).isBefore(now);
    }

    void begin() {
        accept();
        loop.runOnContext(now -> writeFirst());
    }

    private void writeFirst() {
        if (!isOver.get()) {
            response.drainHandler(drained -> writeMore());
            writeMore();
        }
    }

    private void writeMore() {
        try {
            while (!isOver.get() && !response.ended() && !response.writeQueueFull()) {
                touch();
                writePiece();
            }
        } catch (IllegalStateException e) {
            cutOff();
        }
    }

    private void writePiece() {
        int length = Math.min(PIECE, body.length - written);
        Buffer piece = Buffer.buffer(length).appendBytes(body, written, length);
        written += length;
        if (written == body.length) {
            response.end(piece).onComplete(flushed -> end());
        } else {
            response.write(piece);
        }
    }

    void cutOff() {
        Connections.cutOff(context.request().connection());
        end();
    }

    /** The response is written, or its caller is gone. */
    void end() {
        if (isOver.compareAndSet(false, true)) {
            accept();
            onOver.accept(this);
        }
    }

    private void accept() {
        if (isAccepted.compareAndSet(false, true)) {
            accepted.run();
        }
    }
}
