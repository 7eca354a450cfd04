package io.github.orderlookup.lookup;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lookup that ended in a problem. Its type says who must act. */
public final class OrderLookupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final @Nullable Duration retryAfter;

    public OrderLookupException(Problem problem) {
        this(problem, null, null);
    }

    public OrderLookupException(Problem problem, Throwable cause) {
        this(problem, cause, null);
    }

    /**
     * A problem with the time after which another request may help.
     *
     * @param retryAfter counted from now; null when unknown
     */
    public OrderLookupException(
            Problem problem, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(problem.type().title() + ": " + problem.detail(), cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public Problem problem() {
        return problem;
    }

    /** How long Partner Center asked to wait, for the {@code Retry-After} of a REST response. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
