package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.UpstreamHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lookup does at the steps of its calls, at the debug level: ids, states and durations; no
 * body, no header, no token.
 */
final class LookupLog {

    private static final Logger LOG = LoggerFactory.getLogger(LookupLog.class);

    private LookupLog() {}

    static void waits(Lookup lookup, Clock clock, UpstreamHealth health) {
        if (LOG.isDebugEnabled()) {
            Duration pause = Duration.between(clock.instant(), lookup.notBefore());
            LOG.debug(
                    "{}: waits for a permit to call{}{}",
                    name(lookup),
                    pause.isNegative() || pause.isZero()
                            ? ""
                            : ", not before " + pause.toMillis() + " ms from now",
                    health.outage().isPresent() ? ", an outage" : "");
        }
    }

    static void decided(Lookup lookup, Object decision, Duration waited) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: {} after {} ms", name(lookup), decision, waited.toMillis());
        }
    }

    static void sent(Lookup lookup, String requestId) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: attempt {} leaves, request id {}",
                    name(lookup),
                    lookup.attempts(),
                    requestId);
        }
    }

    static void answered(Lookup lookup, int status, int bytes, Duration taken) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: answered with status {} and {} bytes after {} ms",
                    name(lookup),
                    status,
                    bytes,
                    taken.toMillis());
        }
    }

    static void unanswered(Lookup lookup, Exception thrown, Duration taken) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: no answer after {} ms, {}",
                    name(lookup),
                    taken.toMillis(),
                    thrown.getClass().getSimpleName());
        }
    }

    static void retried(Lookup lookup, Failure failure, Instant now) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: {}, is tried again in {} ms",
                    name(lookup),
                    failure.type().shortName(),
                    Math.max(0, Duration.between(now, lookup.notBefore()).toMillis()));
        }
    }

    static void ended(Lookup lookup, Failure failure) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: {}, is not tried again", name(lookup), failure.type().shortName());
        }
    }

    private static String name(Lookup lookup) {
        return "Order "
                + lookup.request().map(OrderLookupRequest::orderId).orElse("?")
                + ", correlation id "
                + lookup.correlationId();
    }
}
