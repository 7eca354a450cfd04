package io.github.orderlookup.bench.load;

import io.github.orderlookup.process.ParentWatch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Puts load on a REST endpoint from a process of its own. Each connection asks again as soon as it
 * has its answer.
 *
 * <pre>
 * GET /load?port=8080&amp;connections=64&amp;seconds=4   {"perSecond": …, "p50": …, "p99": …}
 * </pre>
 */
final class HttpLoadMain {

    static final String READY = "load ready";

    private HttpLoadMain() {}

    /** Argument: the port where it is asked for load. */
    public static void main(String[] arguments) {
        ParentWatch.start();
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer()
                .requestHandler(request -> load(vertx, request))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .onSuccess(server -> System.out.println(READY))
                .onFailure(Throwable::printStackTrace);
    }

    private static void load(Vertx vertx, HttpServerRequest asked) {
        new ClosedLoop(
                        vertx,
                        Integer.parseInt(asked.getParam("port")),
                        Integer.parseInt(asked.getParam("connections")),
                        Double.parseDouble(asked.getParam("seconds")))
                .run()
                .onSuccess(figures -> asked.response().end(figures.encode()))
                .onFailure(
                        failure ->
                                asked.response()
                                        .setStatusCode(500)
                                        .end(
                                                new JsonObject()
                                                        .put("failure", failure + "")
                                                        .encode()));
    }
}
