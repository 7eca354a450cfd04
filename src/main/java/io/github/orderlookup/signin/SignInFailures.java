package io.github.orderlookup.signin;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The failed token requests in a row: what callers get until the next attempt, when that is due,
 * and whether a failure is logged. Not thread-safe: guarded by the lock of {@link TokenHolder}.
 */
final class SignInFailures {
    /** The same failure is logged no more often. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final RandomGenerator random;
    private @Nullable SignInException last;
    private int inARow;
    private int withoutToken;
    private Instant nextAttempt = Instant.MIN;
    private String logged = "";
    private Instant loggedAt = Instant.MIN;

    SignInFailures(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A token request failed.
     *
     * @param tokenLeft whether the present token is still valid
     * @return the failure for those who wait, with the time until the next attempt
     */
    SignInException add(SignInException failure, boolean tokenLeft, Instant now) {
        inARow++;
        withoutToken = last == null || tokenLeft ? 1 : withoutToken + 1;
        Duration wait = BackOff.after(failure, inARow, random);
        nextAttempt = now.plus(wait);
        last = failure.again(wait, withoutToken);
        return last;
    }

    boolean isAttemptDue(Instant now) {
        return last == null || !now.isBefore(nextAttempt);
    }

    /** Whether the last token request was refused. */
    boolean isRefused() {
        return last != null && last.refused();
    }

    /** The cause of the last failure may be gone: the next attempt is due. */
    void retryNow() {
        nextAttempt = Instant.MIN;
    }

    /** The last failure, for one of the callers who get it until the next attempt is due. */
    SignInException last(Instant now) {
        return requireNonNull(last).again(Duration.between(now, nextAttempt));
    }

    /** Whether the last failure is to be logged now; counts as logged then. */
    boolean isNews(Instant now) {
        String detail = last == null ? "" : last.detail();
        if (logged.equals(detail) && now.isBefore(loggedAt.plus(LOG_INTERVAL))) {
            return false;
        }
        logged = detail;
        loggedAt = now;
        return true;
    }

    int inARow() {
        return inARow;
    }

    /** A token was issued. */
    void clear() {
        last = null;
        inARow = 0;
        logged = "";
        loggedAt = Instant.MIN;
    }
}
