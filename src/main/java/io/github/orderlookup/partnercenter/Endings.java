package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Upstream;
import java.time.Duration;
import org.apache.camel.Exchange;

/** The problems of lookups that make no further call, and the end of lookups without an outcome. */
final class Endings {

    private Endings() {}

    /** The deadline has passed: its last failure, if an attempt has finished. */
    static OrderLookupException expired(Lookup lookup) {
        return new OrderLookupException(
                lookup.failure()
                        .map(lookup::describe)
                        .orElseGet(
                                () ->
                                        lookup.describe(
                                                Problem.of(
                                                        ProblemType.DEADLINE_EXCEEDED,
                                                        "The deadline passed before an attempt to"
                                                                + " ask Partner Center had"
                                                                + " finished."))));
    }

    /** Its last failure: no further attempt may help or is allowed. */
    static OrderLookupException failed(Lookup lookup) {
        Failure failure = lookup.failure().orElseThrow();
        LookupLog.ended(lookup, failure);
        return new OrderLookupException(lookup.describe(failure));
    }

    private static OrderLookupException overloaded(Lookup lookup, String detail) {
        return new OrderLookupException(
                lookup.describe(Problem.of(ProblemType.OVERLOADED, detail)));
    }

    static OrderLookupException withoutSlot(Lookup lookup) {
        return overloaded(lookup, "All calls to Partner Center are taken; try again soon.");
    }

    static OrderLookupException withoutMemory(Lookup lookup) {
        return overloaded(
                lookup, "There is no memory for an answer of this size now; try again soon.");
    }

    /** An outage; the last response stays in the problem. */
    static OrderLookupException outage(Lookup lookup, Failure outage) {
        return failed(lookup, outage);
    }

    /**
     * Partner Center throttles the customer for longer than the lookup may wait.
     *
     * @param left the rest of the pause
     */
    static OrderLookupException paused(Lookup lookup, Duration left) {
        String detail =
                "Partner Center throttles this customer (429), and lets no request of it through"
                        + " for longer than a lookup may take; try again later.";
        return failed(lookup, Failure.retryable(ProblemType.THROTTLED, detail, left));
    }

    private static OrderLookupException failed(Lookup lookup, Failure failure) {
        Upstream last = lookup.failure().map(Failure::upstream).orElse(null);
        lookup.fail(failure);
        return new OrderLookupException(lookup.describe(failure).withUpstream(last));
    }

    /** The process stops: see {@link Source#isReadAgainAfterStop}. */
    static void drop(Exchange exchange, Lookup lookup) {
        if (lookup.source().isReadAgainAfterStop()) {
            exchange.setRouteStop(true);
        } else {
            exchange.setException(overloaded(lookup, "The service is stopping; try again soon."));
        }
    }

    /** The caller is gone: see {@link Source#endsSilentlyWhenCancelled}. */
    static void cancel(Exchange exchange, Lookup lookup) {
        if (lookup.source().endsSilentlyWhenCancelled()) {
            exchange.setRouteStop(true);
        } else {
            exchange.setException(overloaded(lookup, "The lookup was cancelled."));
        }
    }
}
