package io.github.orderlookup.rest;

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
 * Writes responses to callers, each at the speed at which its caller reads, without a thread.
 *
 * <p>Invariant: the large responses that are being written take no more memory than the limit,
 * apart from a single one that is larger. A response that does not fit waits; meanwhile a caller
 * who has read nothing for a second is cut off. A caller who stops reading, or reads for too long,
 * is cut off in any case.
 *
 * <p>Thread-safe; responses are written on the event loops of their connections.
 */
final class ResponseWriter {

    /** A caller who reads nothing for so long, while another response waits, is cut off. */
    static final Duration LONGEST_STALL_WHILE_OTHERS_WAIT = Duration.ofSeconds(1);

    private final long limit;
    private final Clock clock;
    private final Set<ResponseWrite> writing = new LinkedHashSet<>();
    private final Queue<ResponseWrite> waiting = new ArrayDeque<>();
    private long held;

    /**
     * @param limit bytes of large responses that may be held at once
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
     * Writes a body whose status and headers are set. To be called on the event loop.
     *
     * @param accepted run once, as soon as the response is admitted or its caller is gone: memory
     *     held for the lookup can be released
     */
    void write(RoutingContext context, byte[] body, Runnable accepted) {
        HttpServerResponse head = context.response();
        if (head.ended() || head.closed()) {
            accepted.run();
        } else if (body.length <= ResponseWrite.PIECE) {
            head.end(Buffer.buffer(body));
            accepted.run();
        } else {
            head.putHeader("Content-Length", Integer.toString(body.length));
            ResponseWrite response =
                    new ResponseWrite(context, body, accepted, clock, this::release);
            context.addEndHandler(
                    ended -> {
                        if (ended.failed()) {
                            response.end();
                        }
                    });
            admit(response);
        }
    }

    private void admit(ResponseWrite response) {
        boolean fits;
        synchronized (this) {
            fits = waiting.isEmpty() && fits(response);
            if (fits) {
                take(response);
            } else {
                waiting.add(response);
            }
        }
        if (fits) {
            response.begin();
        } else {
            cutOffSlowWhileOthersWait();
        }
    }

    private boolean fits(ResponseWrite response) {
        return held == 0 || held + response.size() <= limit;
    }

    private void take(ResponseWrite response) {
        held += response.size();
        response.touch();
        writing.add(response);
    }

    /** Cuts off callers who read too slowly; to be called a few times a second. */
    void cutOffOverdue() {
        Instant now = clock.instant();
        inOrder().stream()
                .filter(response -> response.isOverdue(now))
                .forEach(ResponseWrite::cutOff);
        cutOffSlowWhileOthersWait();
    }

    private synchronized List<ResponseWrite> inOrder() {
        return writing.stream().sorted(Comparator.comparing(ResponseWrite::lastProgress)).toList();
    }

    private void cutOffSlowWhileOthersWait() {
        Instant before = clock.instant().minus(LONGEST_STALL_WHILE_OTHERS_WAIT);
        for (ResponseWrite response : inOrder()) {
            if (isNoneWaiting() || response.lastProgress().isAfter(before)) {
                return;
            }
            response.cutOff();
        }
    }

    private synchronized boolean isNoneWaiting() {
        return waiting.isEmpty();
    }

    private void release(ResponseWrite response) {
        List<ResponseWrite> admitted = new ArrayList<>();
        synchronized (this) {
            if (writing.remove(response)) {
                held -= response.size();
            }
            waiting.remove(response);
            while (!waiting.isEmpty() && fits(waiting.element())) {
                ResponseWrite next = waiting.remove();
                take(next);
                admitted.add(next);
            }
            notifyAll();
        }
        admitted.forEach(ResponseWrite::begin);
    }

    /**
     * Waits until no large response is being written, and then cuts off the callers that are left.
     */
    void finish(Duration patience) throws InterruptedException {
        if (!awaitWritten(patience)) {
            inOrder().forEach(ResponseWrite::cutOff);
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
}
