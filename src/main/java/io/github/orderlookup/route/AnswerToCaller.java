package io.github.orderlookup.route;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import java.util.Optional;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Gives a caller in the same Camel context its answer: the Order as the body, or the problem
 * thrown. The caller's headers and properties stay as they were; an Order whose settling it waited
 * for comes with two headers more.
 */
public final class AnswerToCaller implements AggregationStrategy {

    private final Meters meters;

    public AnswerToCaller(Meters meters) {
        this.meters = meters;
    }

    @Override
    public Exchange aggregate(Exchange caller, Exchange lookup) {
        Object outcome = lookup.getMessage().getBody();
        if (lookup.getException() != null) {
            caller.setException(lookup.getException());
        } else if (outcome instanceof Problem problem) {
            caller.setException(new OrderLookupException(problem));
            conclude(lookup, problem.type());
        } else {
            caller.getMessage().setBody(outcome);
            describeState(caller, lookup);
            conclude(lookup, null);
        }
        return caller;
    }

    /** Only where the caller has asked for it: a plain answer adds no header. */
    private static void describeState(Exchange caller, Exchange lookup) {
        Optional.ofNullable(lookup.getProperty(Lookup.PROPERTY, Lookup.class))
                .flatMap(Lookup::orderState)
                .ifPresent(
                        state -> {
                            caller.getMessage()
                                    .setHeader(
                                            HeaderNames.SETTLED, Boolean.toString(state.settled()));
                            caller.getMessage().setHeader(HeaderNames.STATE, state.reason());
                        });
    }

    private void conclude(Exchange exchange, @Nullable ProblemType problem) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup != null) {
            lookup.conclude(problem);
            meters.lookupEnded(lookup);
            if (problem != null && problem.status() >= 500) {
                lookup.span().fail(problem.shortName());
            }
            lookup.span().end();
        }
    }
}
