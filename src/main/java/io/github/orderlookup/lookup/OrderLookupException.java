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
     * A problem that came with advice when to ask again.
     *
     * @param retryAfter when asking again may help, counted from now; null when nobody said
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

    /** How long Partner Center asked to wait, for the {@code Retry-After} of the REST door. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
