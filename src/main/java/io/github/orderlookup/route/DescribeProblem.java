package io.github.orderlookup.route;

import com.fasterxml.jackson.core.JacksonException;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Upstream;
import io.github.orderlookup.order.Order;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Turns whatever went wrong into the one problem that the caller gets: the error policy of the
 * routes. The log has one event for each.
 *
 * <p>What nobody foresaw becomes {@code internal-error}, and its event has the stack trace.
 */
public final class DescribeProblem {

    private static final Logger LOG = LoggerFactory.getLogger(DescribeProblem.class);

    /** Makes the message the problem that the caught exception amounts to. */
    public void describe(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        Problem problem = problem(caught, lookup);
        message.setBody(problem);
        log(problem, caught);
    }

    /** One event; what identifies the lookup goes into fields of it, not into its text. */
    private static void log(Problem problem, Exception caught) {
        boolean isDefect = problem.type() == ProblemType.INTERNAL_ERROR;
        LoggingEventBuilder event = LOG.atLevel(isDefect ? Level.ERROR : Level.INFO);
        event = with(event, "outcome", problem.type().shortName());
        event = with(event, "correlationId", problem.correlationId());
        event = with(event, "customerId", problem.customerId());
        event = with(event, "orderId", problem.orderId());
        event.setCause(isDefect ? caught : null)
                .log(
                        "A lookup ended as {}, attempts: {}. {}",
                        problem.type().shortName(),
                        problem.attempts(),
                        problem.detail());
    }

    private static LoggingEventBuilder with(
            LoggingEventBuilder event, String key, @Nullable String value) {
        return value == null ? event : event.addKeyValue(key, value);
    }

    /** Fails unless the Order is the one asked for. */
    public void check(Exchange exchange) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        OrderLookupRequest asked = lookup.request().orElseThrow();
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof Order order)) {
            throw invalid(lookup, "Partner Center answered 200 without an order.");
        }
        mismatch(order, asked)
                .ifPresent(
                        reason -> {
                            throw invalid(lookup, reason);
                        });
    }

    private static Optional<String> mismatch(Order order, OrderLookupRequest asked) {
        return order.mismatch(asked.customerId(), asked.orderId());
    }

    private static OrderLookupException invalid(Lookup lookup, String detail) {
        return new OrderLookupException(unreadable(lookup, detail));
    }

    private static Problem problem(Exception caught, @Nullable Lookup lookup) {
        Problem problem = bare(caught, lookup);
        return lookup == null ? problem : lookup.describe(problem);
    }

    private static Problem bare(Exception caught, @Nullable Lookup lookup) {
        if (caught instanceof OrderLookupException known) {
            return known.problem();
        }
        if (caught instanceof JacksonException && lookup != null && lookup.isAnswered()) {
            return unreadable(lookup, "Partner Center answered 200 with a body that is no order.");
        }
        return Problem.of(
                ProblemType.INTERNAL_ERROR,
                "The lookup failed through a defect of this service; its log has the details.");
    }

    private static Problem unreadable(Lookup lookup, String detail) {
        return lookup.describe(Problem.of(ProblemType.INVALID_UPSTREAM_RESPONSE, detail))
                .withUpstream(new Upstream(200, null, null, null));
    }
}
