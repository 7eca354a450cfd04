package io.github.orderlookup.rest;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Writes answers to callers, each at the speed at which its caller reads, without a thread.
 *
 * <p>Invariant: the large answers that are being written take no more memory than the limit, unless
 * a single one does that alone. One for which there is no room waits, and whoever stands in its way
 * without reading is cut off after a second. A caller who stops reading is cut off in any case, and
 * so is one who takes too long altogether.
 *
 * <p>Thread-safe; answers are written on the event loops of their connections.
 */
final class ResponseWriter {

    /** A caller who has taken nothing for so long is cut off. */
    static final Duration LONGEST_STALL = Duration.ofSeconds(30);

    /** The same while another answer waits for the memory. */
    static final Duration LONGEST_STALL_IN_THE_WAY = Duration.ofSeconds(1);

    /** A caller has to take the whole answer within so long. */
    static final Duration LONGEST_WRITE = Duration.ofMinutes(5);

    /** Bytes written at once; an answer of no more than this is not counted. */
    static final int PIECE = 64 * 1024;

    private final long limit;
    private final Clock clock;
    private final Set<Writing> writing = new LinkedHashSet<>();
    private final Queue<Writing> waiting = new ArrayDeque<>();
    private long held;

    /**
     * @param limit bytes of large answers that may be held at once
     * @param clock monotonic
     */
    ResponseWriter(long limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** With an eighth of the largest heap that this process may have. */
    static ResponseWriter ofThisHeap(Clock clock) {
        return new ResponseWriter(Runtime.getRuntime().maxMemory() / 8, clock);
    }

    /**
     * Writes an answer whose status and headers are set. To be called on the event loop.
     *
     * @param accepted run once, as soon as the answer has a place here or its caller is gone: what
     *     was held for making it can be given back
     */
    void write(RoutingContext context, byte[] body, Runnable accepted) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            accepted.run();
        } else if (body.length <= PIECE) {
            response.end(Buffer.buffer(body));
            accepted.run();
        } else {
            response.putHeader("Content-Length", Integer.toString(body.length));
            Writing answer = new Writing(context, body, accepted);
            context.addEndHandler(
                    ended -> {
                        if (ended.failed()) {
                            answer.isOver();
                        }
                    });
            admit(answer);
        }
    }

    private void admit(Writing answer) {
        boolean hasRoom;
        synchronized (this) {
            hasRoom = waiting.isEmpty() && fits(answer);
            if (hasRoom) {
                take(answer);
            } else {
                waiting.add(answer);
            }
        }
        if (hasRoom) {
            answer.begin();
        } else {
            cutOffThoseInTheWay();
        }
    }

    private boolean fits(Writing answer) {
        return held == 0 || held + answer.body.length <= limit;
    }

    private void take(Writing answer) {
        held += answer.body.length;
        answer.touch();
        writing.add(answer);
    }

    /** Cuts off callers who read too slowly; to be called a few times a second. */
    void cutOffOverdue() {
        Instant now = clock.instant();
        inOrder().stream().filter(answer -> answer.isOverdue(now)).forEach(Writing::cutOff);
        cutOffThoseInTheWay();
    }

    private synchronized List<Writing> inOrder() {
        return writing.stream().sorted(Comparator.comparing(Writing::lastProgress)).toList();
    }

    private void cutOffThoseInTheWay() {
        Instant before = clock.instant().minus(LONGEST_STALL_IN_THE_WAY);
        for (Writing answer : inOrder()) {
            if (isNobodyWaiting() || answer.lastProgress().isAfter(before)) {
                return;
            }
            answer.cutOff();
        }
    }

    private synchronized boolean isNobodyWaiting() {
        return waiting.isEmpty();
    }

    private void release(Writing answer) {
        List<Writing> admitted = new ArrayList<>();
        synchronized (this) {
            if (writing.remove(answer)) {
                held -= answer.body.length;
            }
            waiting.remove(answer);
            while (!waiting.isEmpty() && fits(waiting.element())) {
                Writing next = waiting.remove();
                take(next);
                admitted.add(next);
            }
            notifyAll();
        }
        admitted.forEach(Writing::begin);
    }

    /**
     * Waits until no large answer is being written, and then cuts off those who read too slowly.
     */
    void finish(Duration patience) throws InterruptedException {
        if (!awaitWritten(patience)) {
            inOrder().forEach(Writing::cutOff);
        }
    }

    private synchronized boolean awaitWritten(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!writing.isEmpty() || !waiting.isEmpty()) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Bytes of large answers that are held now. */
    synchronized long held() {
        return held;
    }

    /** One large answer on its way to its caller. */
    private final class Writing {

        private final RoutingContext context;
        private final Context loop;
        private final HttpServerResponse response;
        private final byte[] body;
        private final Runnable accepted;
        private final Instant since = clock.instant();
        private volatile Instant lastProgress = since;
        private int written;
        private boolean isAccepted;
        private boolean isOver;

        Writing(RoutingContext context, byte[] body, Runnable accepted) {
            this.context = context;
            this.loop = context.vertx().getOrCreateContext();
            this.response = context.response();
            this.body = body;
            this.accepted = accepted;
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
            if (!hasEnded()) {
                response.drainHandler(drained -> writeMore());
                writeMore();
            }
        }

        private void writeMore() {
            try {
                while (!hasEnded() && !response.ended() && !response.writeQueueFull()) {
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
                response.end(piece).onComplete(flushed -> isOver());
            } else {
                response.write(piece);
            }
        }

        void cutOff() {
            Connections.cutOff(context.request().connection());
            isOver();
        }

        void isOver() {
            synchronized (this) {
                if (isOver) {
                    return;
                }
                isOver = true;
            }
            accept();
            release(this);
        }

        private synchronized boolean hasEnded() {
            return isOver;
        }

        private void accept() {
            synchronized (this) {
                if (isAccepted) {
                    return;
                }
                isAccepted = true;
            }
            accepted.run();
        }
    }
}
