package io.github.orderlookup.kafka.producer;

import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * What is published when an outcome could not be: the same record again, or another one where its
 * topic will never take the first. Pure.
 *
 * <ul>
 *   <li>An Order that is too large for its topic becomes a problem that says so.
 *   <li>An outcome that a reply topic refuses, or has not acknowledged for 30 s, goes to the errors
 *       topic with the reason; an Order as the problem {@code reply-failed}.
 *   <li>A problem that is too large for the errors topic loses its key, then what it echoes; one
 *       that is refused for want of a key gets the id of its event as key.
 *   <li>A waiting request that is too large for the waiting topic loses its Order; without one, it
 *       becomes a problem that says so.
 * </ul>
 */
sealed interface PublishRetryDecision {

    /** Publishes the same record again. */
    record SendAgain() implements PublishRetryDecision {}

    /** Replaces an Order by the problem {@code outcome-too-large}. */
    record DescribeAsTooLarge() implements PublishRetryDecision {}

    /** Replaces an outcome by the problem that its reply address is invalid. */
    record RefuseAddress(String detail) implements PublishRetryDecision {}

    /** Publishes to the errors topic in place of the reply topic. */
    record Divert(String reason) implements PublishRetryDecision {}

    /** Publishes a problem without its key. */
    record OmitKey() implements PublishRetryDecision {}

    /** Publishes a problem without what it echoes. */
    record OmitEcho() implements PublishRetryDecision {}

    /** Publishes a problem with the id of its event as key. */
    record AddKey() implements PublishRetryDecision {}

    /** Publishes a waiting request without the Order that was last seen. */
    record OmitOrder() implements PublishRetryDecision {}

    /** Replaces a waiting request by the problem that its topic does not take it. */
    record DescribeAsTooLargeToWait() implements PublishRetryDecision {}

    /** Publishes the same waiting request to a partition that the topic has. */
    record ChooseAnotherPartition() implements PublishRetryDecision {}

    /** A key or an echo below this many bytes is not what makes a record too large. */
    int SMALL = 256;

    /** Why the client or the broker did not take a record. */
    enum Refusal {
        UNAUTHORIZED,
        TOO_LARGE,
        /** Also for want of a key, in a compacted topic. */
        INVALID_RECORD,
        /** The settings of the topic do not allow such a record. */
        NOT_ALLOWED,
        /** May be over with the next attempt. */
        OTHER;

        static Refusal of(@Nullable Exception failure) {
            if (failure instanceof AuthorizationException) {
                return UNAUTHORIZED;
            }
            if (failure instanceof RecordTooLargeException) {
                return TOO_LARGE;
            }
            if (failure instanceof InvalidRecordException) {
                return INVALID_RECORD;
            }
            return failure instanceof InvalidTimestampException
                            || failure instanceof PolicyViolationException
                            || failure instanceof UnsupportedForMessageFormatException
                            || failure instanceof UnsupportedCompressionTypeException
                    ? NOT_ALLOWED
                    : OTHER;
        }
    }

    /**
     * Decides for a record that was sent to a reply topic.
     *
     * @param order whether it is an Order
     * @param late whether it was first sent about 30 s ago
     * @param refusedAddress why the broker knows no such reply address, if so
     */
    static PublishRetryDecision ofReply(
            Refusal refusal, boolean order, boolean late, Optional<String> refusedAddress) {
        if (refusal == Refusal.UNAUTHORIZED) {
            return new RefuseAddress("kafka_replyTopic names a topic that we may not write to.");
        }
        if (refusal == Refusal.TOO_LARGE) {
            return order
                    ? new DescribeAsTooLarge()
                    : new Divert("a record of this size is more than it takes");
        }
        if (refusedAddress.isPresent()) {
            return new RefuseAddress(refusedAddress.get());
        }
        if (refusal == Refusal.INVALID_RECORD || refusal == Refusal.NOT_ALLOWED) {
            return new Divert("its settings do not allow such a record");
        }
        return late ? new Divert("it has not acknowledged it within 30 seconds") : new SendAgain();
    }

    /**
     * Decides for a record that was sent to the waiting topic.
     *
     * @param order whether it has the Order that was last seen
     */
    static PublishRetryDecision ofWaitingTopic(Refusal refusal, boolean order) {
        if (refusal == Refusal.TOO_LARGE) {
            return order ? new OmitOrder() : new DescribeAsTooLargeToWait();
        }
        return new ChooseAnotherPartition();
    }

    /**
     * Decides for a record that was sent to the results or errors topic.
     *
     * @param order whether it is an Order
     * @param keyBytes -1 without a key
     * @param echoBytes how many bytes smaller it is without what it echoes
     */
    static PublishRetryDecision ofDefaultTopic(
            Refusal refusal, boolean order, int keyBytes, int echoBytes) {
        if (order) {
            return refusal == Refusal.TOO_LARGE ? new DescribeAsTooLarge() : new SendAgain();
        }
        if (refusal == Refusal.TOO_LARGE && keyBytes >= SMALL) {
            return new OmitKey();
        }
        if (refusal == Refusal.TOO_LARGE && echoBytes >= SMALL) {
            return new OmitEcho();
        }
        return refusal == Refusal.INVALID_RECORD && keyBytes < 0 ? new AddKey() : new SendAgain();
    }
}
