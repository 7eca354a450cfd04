package io.github.orderlookup.rest;

import io.github.orderlookup.classification.HttpProblem;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.text.CorrelationId;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The errors of HTTP itself on the servers of our own main, as {@code application/problem+json}: no
 * such path, another method, a bad escape, a body that is too large.
 */
public final class HttpErrors {

    /** The largest request body in bytes; a lookup needs none. */
    static final long MAX_BODY = 65_536;

    public static final String NOTHING_HERE = "There is nothing at this path.";
    static final String MALFORMED = "The path or its escapes are malformed.";

    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);

    private HttpErrors() {}

    /** Installs the error handlers of one server. */
    static void install(Router router) {
        router.route().order(-1).handler(HttpErrors::passOverForm);
        answer(router, 400, MALFORMED);
        answer(router, 404, NOTHING_HERE);
        answer(router, 405, "This method is not allowed here; GET is.");
        answer(router, 413, "The body is too large; a lookup has none.");
        router.errorHandler(500, context -> explain(context, context.failure()));
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

    /** Answers a request that failed through a defect, and logs what has failed. */
    static void explain(RoutingContext context, @Nullable Throwable failure) {
        String correlationId = correlationId(context);
        LOG.error(
                "A request failed through a defect of order-lookup, correlation id {}",
                correlationId,
                failure);
        Problem problem =
                Problem.of(
                                ProblemType.INTERNAL_ERROR,
                                "The request failed through a defect of this service; its log has"
                                        + " the details.")
                        .withCorrelationId(correlationId);
        answer(context, 500, correlationId, Buffer.buffer(problem.toJson()));
    }

    /** Answers a request for which there is no time left before the process ends. */
    static void refuseAtStop(RoutingContext context) {
        String correlationId = correlationId(context);
        Problem problem =
                Problem.of(ProblemType.OVERLOADED, "The service is stopping; try again soon.")
                        .withCorrelationId(correlationId);
        context.response().headers().clear().set("Retry-After", "5").set("Connection", "close");
        answer(context, 503, correlationId, Buffer.buffer(problem.toJson()));
    }

    /** Answers a request that is refused before anything else of it is looked at. */
    static void refuse(HttpServerRequest request, HostRule.Refusal refusal) {
        String correlationId = CorrelationId.of(request.getHeader(HeaderNames.CORRELATION_ID));
        Buffer body = Buffer.buffer(HttpProblem.toJson(refusal.status(), refusal.detail()));
        answer(request.response(), refusal.status(), correlationId, body);
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
                .putHeader(HeaderNames.CORRELATION_ID, CorrelationId.of(null))
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(HttpProblem.toJson(status, detail)))
                .onComplete(ended -> request.connection().close());
    }

    private static String correlationId(RoutingContext context) {
        return CorrelationId.of(context.request().getHeader(HeaderNames.CORRELATION_ID));
    }

    private static void answer(
            RoutingContext context, int status, String correlationId, Buffer body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten() || response.closed()) {
            return;
        }
        if (status == 405) {
            response.putHeader("Allow", "GET");
        }
        answer(response, status, correlationId, body);
    }

    private static void answer(
            HttpServerResponse response, int status, String correlationId, Buffer body) {
        response.setStatusCode(status)
                .putHeader(HeaderNames.CORRELATION_ID, correlationId)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }
}
