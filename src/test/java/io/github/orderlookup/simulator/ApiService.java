package io.github.orderlookup.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;

/** The API origin: logs, waits, plays the script, else asks the orders endpoint. */
final class ApiService {

    private final Vertx vertx;
    private final Clock clock;
    private final OrdersEndpoint orders;
    private final ReceivedLog log = new ReceivedLog();
    private final Script script = new Script();
    private final Latency latency = new Latency();

    ApiService(Vertx vertx, Clock clock, OrdersEndpoint orders) {
        this.vertx = vertx;
        this.clock = clock;
        this.orders = orders;
    }

    ReceivedLog log() {
        return log;
    }

    Script script() {
        return script;
    }

    Latency latency() {
        return latency;
    }

    void handle(HttpServerRequest request, Buffer body) {
        Received received = Received.of(request, body, clock.instant());
        log.add(received);
        Call call = new Call(vertx, request, () -> orders.answer(request, received));
        ScriptedAnswer answer = script.next(OrdersEndpoint.orderId(received.path()));
        call.after(latency.next(), () -> answer.play(call));
    }
}
