package io.github.orderlookup.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what an attempt's end means: which problem it is, and whether another attempt may help. */
public final class FailureClassifier {

    private FailureClassifier() {}

    /** Empty for a 200, whose body may be an order. */
    public static Optional<Failure> classify(Answer answer, Instant now) {
        return Optional.empty();
    }

    public static Failure classify(Fault fault) {
        return switch (fault) {
            case NETWORK ->
                    unanswered(ProblemType.UPSTREAM_UNAVAILABLE, "No answer came.", true, null);
            case TIMEOUT ->
                    unanswered(ProblemType.UPSTREAM_TIMEOUT, "No answer came in time.", true, null);
        };
    }

    /** A 200 whose body is not the order that was asked for. */
    public static Failure unusable(Answer answer, String detail) {
        return new Failure(
                ProblemType.INVALID_UPSTREAM_RESPONSE,
                detail,
                false,
                false,
                true,
                null,
                Upstream.ofStatus(answer.status()));
    }

    /**
     * No token could be had.
     *
     * @param refused the credential was refused and an operator must act; else the login host is
     *     down or throttling
     */
    public static Failure signIn(boolean refused, String detail, @Nullable Duration retryAfter) {
        return refused
                ? unanswered(ProblemType.AUTHENTICATION_FAILED, detail, false, null)
                : unanswered(ProblemType.UPSTREAM_UNAVAILABLE, detail, true, retryAfter);
    }

    private static Failure unanswered(
            ProblemType type, String detail, boolean retry, @Nullable Duration retryAfter) {
        return new Failure(type, detail, retry, false, false, retryAfter, null);
    }
}
