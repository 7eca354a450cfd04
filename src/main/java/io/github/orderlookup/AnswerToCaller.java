package io.github.orderlookup;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.Problem;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Gives a caller in the same Camel context its answer: the Order as the body, or the problem
 * thrown. The caller's headers and properties stay as they were.
 */
final class AnswerToCaller implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange caller, Exchange lookup) {
        Object outcome = lookup.getMessage().getBody();
        if (lookup.getException() != null) {
            caller.setException(lookup.getException());
        } else if (outcome instanceof Problem problem) {
            caller.setException(new OrderLookupException(problem));
        } else {
            caller.getMessage().setBody(outcome);
        }
        return caller;
    }
}
