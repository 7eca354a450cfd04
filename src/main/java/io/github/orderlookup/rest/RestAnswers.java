package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.HttpProblem;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Makes the message the answer of the REST door: the Order, or {@code application/problem+json}.
 */
public final class RestAnswers {

    private static final long DEFAULT_RETRY_AFTER = 5;

    /** The body is the outcome; nothing of the request's headers goes back. */
    public void compose(Exchange exchange) {
        Message message = exchange.getMessage();
        if (exchange.getProperty(RestRequests.NO_SUCH_PATH, false, Boolean.class)) {
            nothingHere(exchange, message);
            return;
        }
        Object outcome = message.getBody();
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        Map<String, Object> headers = headers(lookup);
        lookup.requestId().ifPresent(id -> headers.put("MS-RequestId", id));
        if (outcome instanceof Order order) {
            headers.put(Exchange.CONTENT_TYPE, "application/json");
            headers.put(Exchange.HTTP_RESPONSE_CODE, 200);
            message.setBody(OrderJson.write(order));
        } else {
            Problem problem = (Problem) outcome;
            headers.put(Exchange.CONTENT_TYPE, "application/problem+json");
            headers.put(Exchange.HTTP_RESPONSE_CODE, problem.type().status());
            advise(problem, lookup, headers);
            message.setBody(problem.toJson());
        }
        message.setHeaders(headers);
    }

    private static Map<String, Object> headers(Lookup lookup) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.put("MS-CorrelationId", lookup.correlationId());
        return headers;
    }

    private static void nothingHere(Exchange exchange, Message message) {
        Map<String, Object> headers = headers(exchange.getProperty(Lookup.PROPERTY, Lookup.class));
        headers.put(Exchange.CONTENT_TYPE, "application/problem+json");
        headers.put(Exchange.HTTP_RESPONSE_CODE, 404);
        message.setHeaders(headers);
        message.setBody(HttpProblem.toJson(404, HttpErrors.NOTHING_HERE));
    }

    private static void advise(Problem problem, Lookup lookup, Map<String, Object> headers) {
        if (problem.type() == ProblemType.UNAUTHORIZED) {
            headers.put("WWW-Authenticate", "Bearer realm=\"order-lookup\"");
        }
        if (problem.type().status() == 503) {
            long seconds =
                    lookup.failure()
                            .flatMap(failure -> Optional.ofNullable(failure.retryAfter()))
                            .map(Duration::toSeconds)
                            .orElse(DEFAULT_RETRY_AFTER);
            headers.put("Retry-After", Long.toString(Math.max(1, seconds)));
        }
    }
}
