package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step that makes the message the response to a lookup: the Order, or the problem. */
public final class RestResponses {

    private static final Logger LOG = LoggerFactory.getLogger(RestResponses.class);

    private static final long DEFAULT_RETRY_AFTER = 5;

    private final Meters meters;

    public RestResponses(Meters meters) {
        this.meters = meters;
    }

    /** The body is the Order or the problem. */
    public void compose(Exchange exchange) {
        Message message = exchange.getMessage();
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        int error = exchange.getProperty(RestRequests.HTTP_ERROR, 0, Integer.class);
        RestResponse response =
                error == 0 ? outcome(message.getBody(), lookup) : error(error, lookup);
        response.writeTo(message);
        if (error == 0) {
            meters.lookupEnded(lookup);
        }
        end(lookup, response.status());
    }

    private static RestResponse error(int status, Lookup lookup) {
        return status == 404
                ? RestResponse.notFound(lookup.correlationId())
                : RestResponse.malformed(lookup.correlationId());
    }

    private static RestResponse outcome(Object outcome, Lookup lookup) {
        RestResponse response =
                outcome instanceof Order order
                        ? found(order, lookup)
                        : failed((Problem) outcome, lookup);
        lookup.requestId().ifPresent(id -> response.header(HeaderNames.REQUEST_ID, id));
        return response;
    }

    private static RestResponse found(Order order, Lookup lookup) {
        lookup.conclude(null);
        return new RestResponse(
                200, "application/json", OrderJson.bytes(order), lookup.correlationId());
    }

    private static RestResponse failed(Problem problem, Lookup lookup) {
        lookup.conclude(problem.type());
        RestResponse response = RestResponse.problem(problem, lookup.correlationId());
        return problem.type().status() == 503
                ? response.header("Retry-After", Long.toString(retryAfter(lookup)))
                : response;
    }

    private static long retryAfter(Lookup lookup) {
        long seconds =
                lookup.failure()
                        .flatMap(failure -> Optional.ofNullable(failure.retryAfter()))
                        .map(RestResponses::roundedUp)
                        .orElse(DEFAULT_RETRY_AFTER);
        return Math.max(1, seconds);
    }

    private static long roundedUp(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static void end(Lookup lookup, int status) {
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
}
