package io.github.orderlookup.lookup;

import io.github.orderlookup.text.VisibleText;
import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Why a lookup did not end in an Order: the same object for each source, written as RFC 9457
 * problem+json. {@code detail} is a plain sentence for people without class names, tokens, secrets
 * and URLs, in one line of at most 2,048 characters. Immutable.
 *
 * @param attempts calls made to Partner Center, the first included; 0 when none was made
 * @param requestId {@code MS-RequestId} of the last attempt
 * @param request the Kafka record of the request; null for other sources
 * @param upstream the response of Partner Center; null when there was none
 */
public record Problem(
        ProblemType type,
        String detail,
        int attempts,
        @Nullable String customerId,
        @Nullable String orderId,
        @Nullable String correlationId,
        @Nullable String requestId,
        @Nullable RecordOrigin request,
        @Nullable Upstream upstream)
        implements Serializable {

    private static final int MAX_DETAIL = 2_048;

    public Problem {
        detail = VisibleText.of(detail, MAX_DETAIL);
    }

    /** A problem that is not yet tied to a request: no ids, no attempts. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, 0, null, null, null, null, null, null);
    }

    public Problem withDetail(String newDetail) {
        return with(copy -> copy.detail = newDetail);
    }

    public Problem withAttempts(int newAttempts) {
        return with(copy -> copy.attempts = newAttempts);
    }

    /** The ids that were asked for; null for one that could not be read. */
    public Problem withIds(@Nullable String newCustomerId, @Nullable String newOrderId) {
        return with(
                copy -> {
                    copy.customerId = newCustomerId;
                    copy.orderId = newOrderId;
                });
    }

    public Problem withCorrelationId(@Nullable String newCorrelationId) {
        return with(copy -> copy.correlationId = newCorrelationId);
    }

    /** What is known of a lookup; {@code asked} is null for a request that could not be read. */
    Problem withLookup(
            int calls,
            @Nullable OrderLookupRequest asked,
            String idOfLookup,
            @Nullable String idOfLastAttempt) {
        return with(
                copy -> {
                    copy.attempts = calls;
                    copy.customerId = asked == null ? null : asked.customerId();
                    copy.orderId = asked == null ? null : asked.orderId();
                    copy.correlationId = idOfLookup;
                    copy.requestId = idOfLastAttempt;
                });
    }

    public Problem withRequest(@Nullable RecordOrigin newRequest) {
        return with(copy -> copy.request = newRequest);
    }

    public Problem withUpstream(@Nullable Upstream newUpstream) {
        return with(copy -> copy.upstream = newUpstream);
    }

    private Problem with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.problem();
    }

    /** The members of a problem that can be changed. */
    private static final class Copy {

        private final ProblemType type;
        private String detail;
        private int attempts;
        private @Nullable String customerId;
        private @Nullable String orderId;
        private @Nullable String correlationId;
        private @Nullable String requestId;
        private @Nullable RecordOrigin request;
        private @Nullable Upstream upstream;

        Copy(Problem problem) {
            type = problem.type;
            detail = problem.detail;
            attempts = problem.attempts;
            customerId = problem.customerId;
            orderId = problem.orderId;
            correlationId = problem.correlationId;
            requestId = problem.requestId;
            request = problem.request;
            upstream = problem.upstream;
        }

        Problem problem() {
            return new Problem(
                    type,
                    detail,
                    attempts,
                    customerId,
                    orderId,
                    correlationId,
                    requestId,
                    request,
                    upstream);
        }
    }

    /**
     * The problem as UTF-8 JSON, members in a fixed order, those without a value left out.
     *
     * @return a new array
     */
    public byte[] toJson() {
        return ProblemJson.of(
                new Members(
                        type.urn(),
                        type.title(),
                        type.status(),
                        detail,
                        type.retryable(),
                        attempts,
                        customerId,
                        orderId,
                        correlationId,
                        requestId,
                        request,
                        upstream));
    }

    /** The members of the JSON object, in their order. */
    private record Members(
            String type,
            String title,
            int status,
            String detail,
            boolean retryable,
            int attempts,
            @Nullable String customerId,
            @Nullable String orderId,
            @Nullable String correlationId,
            @Nullable String requestId,
            @Nullable RecordOrigin request,
            @Nullable Upstream upstream) {}
}
