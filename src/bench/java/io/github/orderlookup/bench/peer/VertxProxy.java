package io.github.orderlookup.bench.peer;

import io.github.orderlookup.process.ParentWatch;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The peer of the REST endpoint: a proxy on Vert.x alone, one event loop for each core. It checks
 * the path, puts the token on, and hands the Order back without its byte-order mark.
 */
public final class VertxProxy extends AbstractVerticle {

    /** What a proxy prints once it serves. */
    public static final String READY = "proxy ready";

    private static final Pattern PATH =
            Pattern.compile("/v1/customers/[0-9A-Fa-f-]{36}/orders/[A-Za-z0-9_-]{1,64}");
    private static final int BYTE_ORDER_MARK = 3;

    private final int port;
    private final URI upstream;
    private final int inFlight;
    private final String authorization;

    private VertxProxy(int port, URI upstream, int inFlight, String token) {
        this.port = port;
        this.upstream = upstream;
        this.inFlight = inFlight;
        this.authorization = "Bearer " + token;
    }

    /** Arguments: its port, the upstream, calls under way at once. */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        int port = Integer.parseInt(arguments[0]);
        URI upstream = URI.create(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        String token = new AsyncLookup(upstream).token();
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx.vertx()
                .deployVerticle(
                        () -> new VertxProxy(port, upstream, inFlight / cores, token),
                        new DeploymentOptions().setInstances(cores))
                .onSuccess(id -> System.out.println(READY))
                .onFailure(Failures::check);
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setMaxPoolSize(inFlight)
                        .setDefaultHost(upstream.getHost())
                        .setDefaultPort(upstream.getPort());
        HttpClient client = vertx.createHttpClient(options);
        vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
                .requestHandler(request -> answer(client, request))
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpClient client, HttpServerRequest request) {
        if (!PATH.matcher(request.path()).matches()) {
            request.response().setStatusCode(404).end();
            return;
        }
        client.request(HttpMethod.GET, request.path())
                .compose(
                        call ->
                                call.putHeader("Accept", "application/json")
                                        .putHeader("Authorization", authorization)
                                        .send())
                .compose(VertxProxy::order)
                .onSuccess(
                        order ->
                                request.response()
                                        .putHeader("Content-Type", "application/json")
                                        .end(order))
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }

    private static Future<Buffer> order(HttpClientResponse answer) {
        return answer.statusCode() == 200
                ? answer.body().map(body -> body.slice(BYTE_ORDER_MARK, body.length()))
                : Future.failedFuture("status " + answer.statusCode());
    }
}
