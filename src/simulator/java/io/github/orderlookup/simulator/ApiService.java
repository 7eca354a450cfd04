package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.http.Call;
import io.github.orderlookup.simulator.http.HttpDate;
import io.github.orderlookup.simulator.http.InFlight;
import io.github.orderlookup.simulator.http.Latency;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.simulator.orders.OrdersEndpoint;
import io.github.orderlookup.simulator.orders.RequestWindow;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/** The API origin: logs, counts, waits, plays the script, else asks the orders endpoint. */
final class ApiService {

    private final Vertx vertx;
    private final Clock clock;
    private final OrdersEndpoint orders;
    private final WellKnownOrders wellKnown = new WellKnownOrders();
    private final ReceivedLog log = new ReceivedLog();
    private final Script script = new Script();
    private final Latency latency = new Latency();
    private final InFlight inFlight = new InFlight();
    private final RequestWindow window;

    ApiService(Vertx vertx, Clock clock, OrdersEndpoint orders) {
        this.vertx = vertx;
        this.clock = clock;
        this.orders = orders;
        this.window = new RequestWindow(clock);
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

    InFlight inFlight() {
        return inFlight;
    }

    RequestWindow window() {
        return window;
    }

    void handle(HttpServerRequest request, Buffer body) {
        Received received = Received.of(request, body, clock.instant());
        log.add(received);
        request.response().putHeader("Date", HttpDate.of(clock.instant()));
        inFlight.enter(request);
        Call call = new Call(vertx, request, () -> orders.answer(request, received));
        ScriptedAnswer answer = next(received);
        call.after(latency.next(), () -> answer.play(call));
    }

    private ScriptedAnswer next(Received received) {
        OptionalInt refusal = window.refusal();
        if (refusal.isPresent()) {
            return Answers.throttled(refusal.getAsInt());
        }
        String orderId = OrdersEndpoint.orderId(received.path());
        return script.next(orderId).orElseGet(() -> unscripted(orderId, received));
    }

    /** What the order id itself asks for, given that the request would have been looked at. */
    private ScriptedAnswer unscripted(String orderId, Received received) {
        return call -> {
            Optional<Reply> refusal = orders.refusal(call.request(), received);
            ScriptedAnswer answer =
                    refusal.map(Answers::reply)
                            .or(() -> wellKnown.next(orderId))
                            .orElseGet(Answers::normal);
            answer.play(call);
        };
    }
}
