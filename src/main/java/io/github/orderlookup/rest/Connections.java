package io.github.orderlookup.rest;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one HTTP server: how many there may be, and how long each may take to
 * send a request.
 *
 * <p>A client that opens connections and says nothing, or sends its request byte by byte, holds
 * none of them for long, and none that another client needs: where there are too many, the oldest
 * without a request is closed for the new one. How long a request may wait for its answer is not
 * judged here.
 *
 * <p>Thread-safe.
 */
final class Connections {

    /** From the start of a connection to the end of the head of its first request. */
    static final Duration FIRST_HEAD = Duration.ofSeconds(30);

    /** From one answer to the end of the head of the next request. */
    static final Duration NEXT_HEAD = Duration.ofSeconds(75);

    /** From the end of the head of a request to the end of its body. */
    static final Duration BODY = Duration.ofSeconds(30);

    private final Map<HttpConnection, State> open = new LinkedHashMap<>();
    private final int limit;
    private final Clock clock;

    /** What is known of one connection. */
    private static final class State {
        private Instant since;
        private @Nullable HttpServerRequest request;
        private Duration patience = FIRST_HEAD;

        State(Instant since) {
            this.since = since;
        }
    }

    /**
     * @param limit connections that may be open at once
     * @param clock monotonic
     */
    Connections(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** A client has connected. */
    void opened(HttpConnection connection) {
        HttpConnection surplus = add(connection);
        connection.closeHandler(closed -> remove(connection));
        if (surplus != null) {
            cutOff(surplus);
        }
    }

    private synchronized @Nullable HttpConnection add(HttpConnection connection) {
        HttpConnection surplus = null;
        if (open.size() >= limit) {
            surplus = oldestWithoutRequest().orElse(connection);
            open.remove(surplus);
        }
        if (surplus != connection) {
            open.put(connection, new State(clock.instant()));
        }
        return surplus;
    }

    private Optional<HttpConnection> oldestWithoutRequest() {
        return open.entrySet().stream()
                .filter(entry -> isIdle(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private synchronized void remove(HttpConnection connection) {
        open.remove(connection);
    }

    /** The head of a request has come. */
    synchronized void requested(HttpServerRequest request) {
        State state = open.get(request.connection());
        if (state != null) {
            state.request = request;
            state.since = clock.instant();
            state.patience = BODY;
        }
    }

    /** Closes the connections of clients that take too long; to be called a few times a second. */
    void closeOverdue() {
        overdue().forEach(Connections::cutOff);
    }

    private synchronized List<HttpConnection> overdue() {
        Instant now = clock.instant();
        open.values().forEach(state -> noteAnswered(state, now));
        return open.entrySet().stream()
                .filter(entry -> isOverdue(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void noteAnswered(State state, Instant now) {
        if (state.request != null && isIdle(state)) {
            state.request = null;
            state.since = now;
            state.patience = NEXT_HEAD;
        }
    }

    private static boolean isIdle(State state) {
        return state.request == null
                || (state.request.isEnded() && state.request.response().ended());
    }

    private static boolean isOverdue(State state, Instant now) {
        boolean isExpected = state.request == null || !state.request.isEnded();
        return isExpected && state.since.plus(state.patience).isBefore(now);
    }

    /** Closes every connection, whether its client reads or not. */
    void cutOffAll() {
        copy().forEach(Connections::cutOff);
    }

    private synchronized List<HttpConnection> copy() {
        return List.copyOf(open.keySet());
    }

    /**
     * Ends a connection now. {@link HttpConnection#close} ends it once everything is written, which
     * is never when the client does not read.
     */
    static void cutOff(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ChannelFuture unused = base.channel().close();
        } else {
            connection.close();
        }
    }

    synchronized int size() {
        return open.size();
    }
}
