package io.github.orderlookup;

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

/**
 * Turns whatever went wrong into the one problem that the caller gets: the error policy of the
 * routes.
 *
 * <p>What nobody foresaw becomes {@code internal-error}, and the log has the stack trace.
 */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** Makes the message the problem that the caught exception amounts to. */
    void describe(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(problem(caught, lookup));
    }

    /** Fails unless the Order is the one asked for. */
    void check(Exchange exchange) {
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
        LOG.error(
                "A lookup failed through a defect of order-lookup, correlation id {}",
                lookup == null ? "unknown" : lookup.correlationId(),
                caught);
        return Problem.of(
                ProblemType.INTERNAL_ERROR,
                "The lookup failed through a defect of this service; its log has the details.");
    }

    private static Problem unreadable(Lookup lookup, String detail) {
        return lookup.describe(Problem.of(ProblemType.INVALID_UPSTREAM_RESPONSE, detail))
                .withUpstream(new Upstream(200, null, null, null));
    }
}
