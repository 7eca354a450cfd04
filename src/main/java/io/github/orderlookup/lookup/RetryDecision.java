package io.github.orderlookup.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What to do after an attempt that failed. */
public sealed interface RetryDecision {

    /** The lookup ends with the problem of its last failure. */
    record GiveUp() implements RetryDecision {}

    /**
     * Another attempt.
     *
     * @param delay how long to wait before it, zero or more
     * @param newRequestId whether it needs a new {@code MS-RequestId}
     */
    record Retry(Duration delay, boolean newRequestId) implements RetryDecision {}

    /** Decides. */
    static RetryDecision decide(
            Failure failure,
            int attempts,
            int maxAttempts,
            boolean tokenRenewed,
            Instant now,
            @Nullable Instant deadline,
            RandomGenerator random) {
        return new GiveUp();
    }
}
