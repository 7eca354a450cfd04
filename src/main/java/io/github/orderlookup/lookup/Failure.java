package io.github.orderlookup.lookup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that did not end in an order.
 *
 * @param detail a plain sentence: what happened and, if someone must act, what to do
 * @param retry whether another attempt may help
 * @param freshToken another attempt may help only together with a new token
 * @param answered whether a complete response came; the next attempt then needs a new request id
 * @param retryAfter how long the remote asked to wait, never negative; null when it did not say
 * @param upstream the response; null when there was none
 */
public record Failure(
        ProblemType type,
        String detail,
        boolean retry,
        boolean freshToken,
        boolean answered,
        @Nullable Duration retryAfter,
        @Nullable Upstream upstream) {

    /** No answer came; another attempt may help. */
    public static Failure retryable(
            ProblemType type, String detail, @Nullable Duration retryAfter) {
        return new Failure(type, detail, true, false, false, retryAfter, null);
    }

    /** No answer came, and none will without an operator. */
    public static Failure permanent(ProblemType type, String detail) {
        return new Failure(type, detail, false, false, false, null, null);
    }

    /** A complete answer came that is no Order; another one would be no better. */
    public static Failure unusable(String detail, @Nullable Upstream upstream) {
        return new Failure(
                ProblemType.INVALID_UPSTREAM_RESPONSE, detail, false, false, true, null, upstream);
    }

    /**
     * Whether the service may be down: it was not reached, gave no whole answer in time, or
     * answered 408 or 5xx. Being throttled is no such failure, nor is a 200 without an order.
     */
    public boolean isOutage() {
        boolean ofTheServer = upstream != null && upstream.status() >= 500;
        return ofTheServer
                || type == ProblemType.UPSTREAM_UNAVAILABLE
                || type == ProblemType.UPSTREAM_TIMEOUT;
    }
}
