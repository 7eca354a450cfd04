package io.github.orderlookup.rest;

import io.github.orderlookup.classification.HttpProblem;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A response of the HTTP servers: the one place that knows which headers each has. It is written to
 * a Camel message or, outside of routes, to the response of Vert.x. For one thread.
 */
public final class RestResponse {

    static final String KEY_NEEDED =
            "A valid API key is needed, as Authorization: Bearer or as X-API-Key.";

    private static final String PROBLEM = "application/problem+json";
    private static final String CHALLENGE = "Bearer realm=\"order-lookup\"";

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, Object> headers = new HashMap<>();

    public RestResponse(int status, String contentType, byte[] body, String correlationId) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        header("Cache-Control", "no-store");
        header(HeaderNames.CORRELATION_ID, correlationId);
    }

    /** The problem of a lookup, or of a request that could have become one. */
    static RestResponse problem(Problem problem, String correlationId) {
        RestResponse response =
                new RestResponse(problem.type().status(), PROBLEM, problem.toJson(), correlationId);
        return problem.type() == ProblemType.UNAUTHORIZED
                ? response.header("WWW-Authenticate", CHALLENGE)
                : response;
    }

    /** An error of HTTP itself. */
    static RestResponse error(int status, String detail, String correlationId) {
        return new RestResponse(status, PROBLEM, HttpProblem.toJson(status, detail), correlationId);
    }

    /** The response to a request without a valid key. */
    public static RestResponse unauthorized(String correlationId) {
        return problem(
                Problem.of(ProblemType.UNAUTHORIZED, KEY_NEEDED).withCorrelationId(correlationId),
                correlationId);
    }

    /** The response to a request for a path that does not exist. */
    public static RestResponse notFound(String correlationId) {
        return error(404, "There is nothing at this path.", correlationId);
    }

    /** The response to a path that is no text. */
    static RestResponse malformed(String correlationId) {
        return error(400, "The path or its escapes are malformed.", correlationId);
    }

    public RestResponse header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    /** Makes a message the response; no header of the request is kept. */
    public void writeTo(Message message) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(Exchange.HTTP_RESPONSE_CODE, status);
        all.put(Exchange.CONTENT_TYPE, contentType);
        message.setHeaders(all);
        message.setBody(body);
    }

    /** Writes the response, unless another one has begun or the connection has ended. */
    Future<Void> writeTo(HttpServerResponse response) {
        if (response.ended() || response.headWritten() || response.closed()) {
            return Future.succeededFuture();
        }
        headers.forEach((name, value) -> response.putHeader(name, value.toString()));
        return response.setStatusCode(status)
                .putHeader("Content-Type", contentType)
                .end(Buffer.buffer(body));
    }
}
