package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.text.Guids;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The errors of HTTP itself on the servers of our own main, as {@code application/problem+json}: no
 * such path, another method, a bad escape, a body that is too large.
 */
final class HttpErrors {

    /** The largest request body in bytes; a lookup needs none. */
    static final long MAX_BODY = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);

    private HttpErrors() {}

    /** Installs the error handlers of one server. */
    static void install(Router router) {
        router.route().order(-1).handler(HttpErrors::ignoreForm);
        onError(router, 400, RestResponse::malformed);
        onError(router, 404, RestResponse::notFound);
        onError(
                router,
                405,
                id ->
                        RestResponse.error(405, "This method is not allowed here; GET is.", id)
                                .header("Allow", "GET"));
        onError(
                router,
                413,
                id -> RestResponse.error(413, "The body is too large; a lookup has none.", id));
        router.errorHandler(500, context -> explain(context, context.failure()));
    }

    private static void onError(
            Router router, int status, Function<String, RestResponse> response) {
        router.errorHandler(
                status, context -> write(context, response.apply(correlationId(context))));
    }

    /** The server fails on a GET with a form in its body; a lookup ignores its body. */
    private static void ignoreForm(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.GET)) {
            context.request().headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        context.next();
    }

    /** Answers a request that failed through a defect, and logs the failure. */
    static void explain(RoutingContext context, @Nullable Throwable failure) {
        String correlationId = correlationId(context);
        LOG.error(
                "A request failed through a defect of order-lookup, correlation id {}",
                correlationId,
                failure);
        write(
                context,
                problem(
                        ProblemType.INTERNAL_ERROR,
                        "The request failed through a defect of this service; its log has the"
                                + " details.",
                        correlationId));
    }

    /** Answers a request for which there is no time left before the process ends. */
    static void refuseAtStop(RoutingContext context) {
        String detail = "The service is stopping; try again soon.";
        context.response().headers().clear();
        write(
                context,
                problem(ProblemType.OVERLOADED, detail, correlationId(context))
                        .header("Retry-After", "5")
                        .header("Connection", "close"));
    }

    private static RestResponse problem(ProblemType type, String detail, String correlationId) {
        Problem problem = Problem.of(type, detail).withCorrelationId(correlationId);
        return RestResponse.problem(problem, correlationId);
    }

    /** Answers a request that a {@link HostRule} refuses. */
    static void refuse(HttpServerRequest request, HostRule.Refusal refusal) {
        String correlationId = Guids.correlationId(request.getHeader(HeaderNames.CORRELATION_ID));
        RestResponse.error(refusal.status(), refusal.detail(), correlationId)
                .writeTo(request.response());
    }

    /**
     * Answers a request that is no HTTP, or whose line or head is too long, and closes the
     * connection.
     */
    static void refuse(HttpServerRequest request) {
        unreadable(request.decoderResult().cause())
                .header("Connection", "close")
                .writeTo(request.response())
                .onComplete(ended -> request.connection().close());
    }

    private static RestResponse unreadable(Throwable cause) {
        String correlationId = Guids.correlationId(null);
        if (cause instanceof TooLongHttpLineException) {
            return RestResponse.error(414, "The request line is too long.", correlationId);
        }
        return cause instanceof TooLongHttpHeaderException
                ? RestResponse.error(431, "The headers are too large.", correlationId)
                : RestResponse.error(400, "The request is no HTTP/1.1.", correlationId);
    }

    private static String correlationId(RoutingContext context) {
        return Guids.correlationId(context.request().getHeader(HeaderNames.CORRELATION_ID));
    }

    private static void write(RoutingContext context, RestResponse response) {
        response.writeTo(context.response());
    }
}
