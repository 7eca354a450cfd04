package io.github.orderlookup.rest;

import io.github.orderlookup.classification.HttpProblem;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the message the answer of the REST door: the Order, or {@code application/problem+json}.
 */
public final class RestResponses {

    private static final Logger LOG = LoggerFactory.getLogger(RestResponses.class);

    private static final long DEFAULT_RETRY_AFTER = 5;

    private final Meters meters;

    public RestResponses(Meters meters) {
        this.meters = meters;
    }

    /** The body is the outcome; nothing of the request's headers goes back. */
    public void compose(Exchange exchange) {
        Message message = exchange.getMessage();
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        int fault = exchange.getProperty(RestRequests.HTTP_ERROR, 0, Integer.class);
        if (fault != 0) {
            answer(message, lookup, fault);
            return;
        }
        Object outcome = message.getBody();
        Map<String, Object> headers = headers(lookup);
        lookup.requestId().ifPresent(id -> headers.put(HeaderNames.REQUEST_ID, id));
        if (outcome instanceof Order order) {
            headers.put(Exchange.CONTENT_TYPE, "application/json");
            headers.put(Exchange.HTTP_RESPONSE_CODE, 200);
            message.setBody(OrderJson.bytes(order));
            lookup.conclude(null);
        } else {
            Problem problem = (Problem) outcome;
            headers.put(Exchange.CONTENT_TYPE, Reply.PROBLEM);
            headers.put(Exchange.HTTP_RESPONSE_CODE, problem.type().status());
            advise(problem, lookup, headers);
            message.setBody(problem.toJson());
            lookup.conclude(problem.type());
        }
        message.setHeaders(headers);
        meters.lookupEnded(lookup);
        end(lookup, message);
    }

    private static Map<String, Object> headers(Lookup lookup) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.put(HeaderNames.CORRELATION_ID, lookup.correlationId());
        return headers;
    }

    private static void answer(Message message, Lookup lookup, int fault) {
        Map<String, Object> headers = headers(lookup);
        headers.put(Exchange.CONTENT_TYPE, Reply.PROBLEM);
        headers.put(Exchange.HTTP_RESPONSE_CODE, fault);
        message.setHeaders(headers);
        String detail = fault == 404 ? HttpErrors.NOTHING_HERE : HttpErrors.MALFORMED;
        message.setBody(HttpProblem.toJson(fault, detail));
        end(lookup, message);
    }

    private static void end(Lookup lookup, Message message) {
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        LOG.debug("Correlation id {}: answered with status {}", lookup.correlationId(), status);
        lookup.span().set("http.response.status_code", status);
        if (status >= 500) {
            lookup.span()
                    .fail(
                            lookup.conclusion()
                                    .map(ProblemType::shortName)
                                    .orElse(Integer.toString(status)));
        }
        lookup.span().end();
    }

    private static void advise(Problem problem, Lookup lookup, Map<String, Object> headers) {
        if (problem.type() == ProblemType.UNAUTHORIZED) {
            headers.put("WWW-Authenticate", Reply.CHALLENGE);
        }
        if (problem.type().status() == 503) {
            long seconds =
                    lookup.failure()
                            .flatMap(failure -> Optional.ofNullable(failure.retryAfter()))
                            .map(RestResponses::wholeSeconds)
                            .orElse(DEFAULT_RETRY_AFTER);
            headers.put("Retry-After", Long.toString(Math.max(1, seconds)));
        }
    }

    /** Rounded up: nobody is told to come back too early. */
    private static long wholeSeconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
