package io.github.orderlookup.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number of connections that each ask for one order after the other for some seconds. The first
 * fifth of the time is not counted. Everything after {@link #run} happens on one event loop.
 */
final class ClosedLoop {

    private static final AtomicLong ORDERS = new AtomicLong();

    private final HttpClient client;
    private final int connections;
    private final long countFrom;
    private final long end;
    private final Promise<JsonObject> figures = Promise.promise();
    private double[] millis = new double[1 << 16];
    private int counted;
    private int running;

    ClosedLoop(Vertx vertx, int port, int connections, double seconds) {
        this.connections = connections;
        long start = System.nanoTime();
        this.countFrom = start + (long) (seconds / 5 * 1e9);
        this.end = start + (long) (seconds * 1e9);
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(connections)
                                .setDefaultHost("127.0.0.1")
                                .setDefaultPort(port));
    }

    Future<JsonObject> run() {
        running = connections;
        for (int connection = 0; connection < connections; connection++) {
            next();
        }
        return figures.future().onComplete(done -> client.close());
    }

    private void next() {
        long asked = System.nanoTime();
        if (asked > end || figures.future().isComplete()) {
            finish();
            return;
        }
        String order = "rest-" + ORDERS.incrementAndGet();
        client.request(
                        HttpMethod.GET,
                        "/v1/customers/%08x-0000-4000-8000-000000000000/orders/%s"
                                .formatted(asked % 50, order))
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.body().map(body -> check(answer, body, order)))
                .onSuccess(
                        body -> {
                            count(asked, System.nanoTime());
                            next();
                        })
                .onFailure(figures::tryFail);
    }

    private static Buffer check(HttpClientResponse answer, Buffer body, String order) {
        String start = body.getString(0, Math.min(100, body.length()));
        if (answer.statusCode() != 200 || !start.contains('"' + order + '"')) {
            throw new IllegalStateException("Not the Order: " + answer.statusCode() + " " + start);
        }
        return body;
    }

    private void count(long asked, long answered) {
        if (asked < countFrom || answered > end) {
            return;
        }
        if (counted == millis.length) {
            millis = Arrays.copyOf(millis, 2 * counted);
        }
        millis[counted++] = (answered - asked) / 1e6;
    }

    private void finish() {
        if (--running > 0) {
            return;
        }
        if (counted == 0) {
            figures.tryFail("No answer came in time to be counted");
            return;
        }
        Percentiles percentiles = Percentiles.of(Arrays.copyOf(millis, counted));
        figures.tryComplete(
                new JsonObject()
                        .put("perSecond", counted / ((end - countFrom) / 1e9))
                        .put("p50", percentiles.p50())
                        .put("p99", percentiles.p99()));
    }
}
