package io.github.orderlookup.lookup;

import org.jspecify.annotations.Nullable;

/** A lookup that ended in a problem. Its type says who must act. */
public final class OrderLookupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public OrderLookupException(Problem problem) {
        this(problem, null);
    }

    public OrderLookupException(Problem problem, @Nullable Throwable cause) {
        super(problem.type().title() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
