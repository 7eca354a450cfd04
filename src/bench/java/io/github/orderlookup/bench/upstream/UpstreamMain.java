package io.github.orderlookup.bench.upstream;

import io.github.orderlookup.process.ParentWatch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Partner Center and its login host in a process of their own: asynchronous, and doing next to
 * nothing, so that they are never what limits a run.
 *
 * <pre>
 * POST …/oauth2/v2.0/token                      a token
 * GET  /v1/customers/{customer}/orders/{order}  an Order with these ids, after the delay
 * PUT  /behaviour?delay=50ms..300ms&amp;bytes=850   for the calls to come
 * </pre>
 */
final class UpstreamMain {

    static final String READY = "upstream ready";

    private static final String JSON = "application/json; charset=utf-8";
    private static final String TOKEN =
            """
            {"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"bench"}""";

    private final Vertx vertx;
    private Delay delay = Delay.parse("50ms");
    private OrderBody orders = new OrderBody(850);

    private UpstreamMain(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Argument: the port. */
    public static void main(String[] arguments) {
        ParentWatch.start();
        Vertx vertx = Vertx.vertx();
        UpstreamMain upstream = new UpstreamMain(vertx);
        vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
                .requestHandler(upstream::handle)
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .onSuccess(server -> System.out.println(READY))
                .onFailure(Throwable::printStackTrace);
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            lookUp(request);
        } else if (request.path().endsWith("/token")) {
            json(request.response()).end(TOKEN);
        } else {
            delay = Delay.parse(request.getParam("delay"));
            orders = new OrderBody(Integer.parseInt(request.getParam("bytes")));
            request.response().end();
        }
    }

    private void lookUp(HttpServerRequest request) {
        String[] path = request.path().split("/");
        if (path.length != 6 || !"Bearer bench".equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(path.length == 6 ? 401 : 404).end();
            return;
        }
        HttpServerResponse response = json(request.response());
        vertx.setTimer(
                Math.max(1, delay.nextMillis()),
                timer -> response.end(orders.of(path[3], path[5])));
    }

    private static HttpServerResponse json(HttpServerResponse response) {
        return response.putHeader("Content-Type", JSON);
    }
}
