package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.CorrelationId;
import io.github.orderlookup.lookup.HttpProblem;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The errors of HTTP itself on the servers of our own main, as {@code application/problem+json}: no
 * such path, another method, a bad escape, a body that is too large.
 */
public final class HttpErrors {

    /** The largest request body in bytes; a lookup needs none. */
    public static final long MAX_BODY = 65_536;

    static final String NOTHING_HERE = "There is nothing at this path.";
    static final String MALFORMED = "The path or its escapes are malformed.";

    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);

    private HttpErrors() {}

    /**
     * Installs the error handlers.
     *
     * @throws IllegalStateException when a server does not listen: its port is taken
     */
    public static void install(CamelContext context) {
        Collection<VertxPlatformHttpRouter> routers =
                context.getRegistry().findByType(VertxPlatformHttpRouter.class);
        for (VertxPlatformHttpRouter router : routers) {
            if (!listens(router.getServer().getServer())) {
                throw new IllegalStateException(
                        "An HTTP server of order-lookup could not listen: is its port taken?"
                                + " See order-lookup.rest.port and camel.management.port.");
            }
            install((Router) router.getServer().getServer().requestHandler());
        }
    }

    /** A server whose port was taken has a port too: the one that it was to have. */
    private static boolean listens(HttpServer server) {
        return !(server instanceof HttpServerImpl started) || started.isListening();
    }

    private static void install(Router router) {
        router.route().order(-1).handler(HttpErrors::passOverForm);
        answer(router, 400, MALFORMED);
        answer(router, 404, NOTHING_HERE);
        answer(router, 405, "This method is not allowed here; GET is.");
        answer(router, 413, "The body is too large; a lookup has none.");
        router.errorHandler(500, HttpErrors::explain);
    }

    /** The server fails on a GET with a form in its body; to a lookup a body means nothing. */
    private static void passOverForm(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.GET)) {
            context.request().headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        context.next();
    }

    private static void answer(Router router, int status, String detail) {
        Buffer body = Buffer.buffer(HttpProblem.toJson(status, detail));
        router.errorHandler(
                status, context -> answer(context, status, correlationId(context), body));
    }

    private static void explain(RoutingContext context) {
        String correlationId = correlationId(context);
        LOG.error(
                "A request failed through a defect of order-lookup, correlation id {}",
                correlationId,
                context.failure());
        Problem problem =
                Problem.of(
                                ProblemType.INTERNAL_ERROR,
                                "The request failed through a defect of this service; its log has"
                                        + " the details.")
                        .withCorrelationId(correlationId);
        answer(context, 500, correlationId, Buffer.buffer(problem.toJson()));
    }

    /** Answers what is no HTTP, or has a line or a head that is too long, and hangs up. */
    static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = 400;
        String detail = "The request is no HTTP/1.1.";
        if (cause instanceof TooLongHttpLineException) {
            status = 414;
            detail = "The request line is too long.";
        } else if (cause instanceof TooLongHttpHeaderException) {
            status = 431;
            detail = "The headers are too large.";
        }
        request.response()
                .setStatusCode(status)
                .putHeader("MS-CorrelationId", CorrelationId.of(null))
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(HttpProblem.toJson(status, detail)))
                .onComplete(ended -> request.connection().close());
    }

    private static String correlationId(RoutingContext context) {
        return CorrelationId.of(context.request().getHeader("MS-CorrelationId"));
    }

    private static void answer(
            RoutingContext context, int status, String correlationId, Buffer body) {
        if (status == 405) {
            context.response().putHeader("Allow", "GET");
        }
        context.response()
                .setStatusCode(status)
                .putHeader("MS-CorrelationId", correlationId)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }
}
