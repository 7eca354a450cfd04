package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.RetryDecision;
import io.github.orderlookup.lookup.RetryDecision.Attempt;
import io.github.orderlookup.lookup.RetryDecision.End;
import io.github.orderlookup.lookup.RetryDecision.GiveUp;
import io.github.orderlookup.lookup.RetryDecision.Reason;
import io.github.orderlookup.lookup.RetryDecision.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;

/**
 * The step that acts on the {@link RetryDecision} after an attempt: another attempt, or the
 * problem. Thread-safe.
 */
final class RetryStep {

    private final CallLimiter limiter;
    private final SignInWatch signIn;
    private final int maxAttempts;
    private final Duration allowance;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param allowance how long a lookup may take
     * @param clock monotonic
     */
    RetryStep(
            CallLimiter limiter,
            SignInWatch signIn,
            int maxAttempts,
            Duration allowance,
            Clock clock,
            RandomGenerator random) {
        this.limiter = limiter;
        this.signIn = signIn;
        this.maxAttempts = maxAttempts;
        this.allowance = allowance;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Does nothing after an attempt that brought a body to be read as an Order.
     *
     * @throws OrderLookupException with the problem, when no further attempt may help or is allowed
     */
    void decide(Exchange exchange) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        CallUnderWay call = CallUnderWay.in(exchange);
        End end = call == null ? null : call.end();
        if (lookup.isCancelled()) {
            Endings.cancel(exchange, lookup);
        } else if (end != null) {
            decide(lookup, end);
        } else if (lookup.failure().isPresent()) {
            decide(lookup, End.FAILED);
        }
    }

    private void decide(Lookup lookup, End end) {
        Instant now = clock.instant();
        RetryDecision decision = RetryDecision.decide(attempt(lookup, end, now), random);
        boolean failed = end == End.FAILED || end == End.NO_TOKEN;
        if (decision instanceof Retry retry) {
            if (retry.withdrawn()) {
                lookup.withdrawAttempt();
            }
            lookup.retryAt(retry.notBefore());
            lookup.failure()
                    .filter(failure -> failed)
                    .ifPresent(failure -> LookupLog.retried(lookup, failure, now));
        } else if (decision instanceof GiveUp giveUp) {
            throw problem(lookup, giveUp.reason());
        }
    }

    private Attempt attempt(Lookup lookup, End end, Instant now) {
        boolean tokenRefused = end == End.FAILED && isTokenRefused(lookup);
        return new Attempt(
                end,
                lookup.failure().orElse(null),
                tokenRefused,
                lookup.source(),
                lookup.spentAttempts(),
                maxAttempts,
                limiter.outageState(),
                now,
                lookup.ownDeadline().orElse(null),
                lookup.deadline(allowance).orElse(null));
    }

    /** Enough refused tokens in a row are an outage, so the watch is notified first. */
    private boolean isTokenRefused(Lookup lookup) {
        Failure failure = lookup.failure().orElseThrow();
        boolean refused =
                RetryDecision.isTokenRefused(
                        failure, lookup.tokenRenewed(), signIn.hasNewerToken());
        if (refused) {
            signIn.refused(failure);
        }
        return refused;
    }

    private static OrderLookupException problem(Lookup lookup, Reason reason) {
        return switch (reason) {
            case DEADLINE -> Endings.expired(lookup);
            case NO_MEMORY -> Endings.withoutMemory(lookup);
            case FAILURE -> Endings.failed(lookup);
        };
    }
}
