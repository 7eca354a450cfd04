package io.github.orderlookup.cli.redrive;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which problems the command line names. An empty set names all.
 *
 * @param types the last parts of their URNs
 * @param retryable null for any
 * @param codes of Partner Center
 * @param customers GUIDs in any case
 * @param since the earliest time of a record; null for any
 * @param until the time of the first record that is too late; null for any
 * @param correlationIds GUIDs in any case
 */
public record Selection(
        Set<String> types,
        @Nullable Boolean retryable,
        Set<String> codes,
        Set<String> customers,
        @Nullable Instant since,
        @Nullable Instant until,
        Set<String> correlationIds) {

    public Selection {
        customers = withoutCase(customers);
        correlationIds = withoutCase(correlationIds);
    }

    private static Set<String> withoutCase(Set<String> guids) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(guids);
        return set;
    }

    /** Why a failed request is not one of them; empty when it is. */
    Optional<Reason> refusal(FailedRequest failed) {
        if (!names(types, failed.type())) {
            return Optional.of(Reason.OTHER_TYPE);
        }
        if (retryable != null && retryable != failed.retryable()) {
            return Optional.of(failed.retryable() ? Reason.RETRYABLE : Reason.NOT_RETRYABLE);
        }
        if (!names(codes, failed.code())) {
            return Optional.of(Reason.OTHER_CODE);
        }
        if (!names(customers, failed.customerId())) {
            return Optional.of(Reason.OTHER_CUSTOMER);
        }
        if (!isInTime(failed.time())) {
            return Optional.of(Reason.OTHER_TIME);
        }
        return names(correlationIds, failed.correlationId())
                ? Optional.empty()
                : Optional.of(Reason.OTHER_CORRELATION_ID);
    }

    private static boolean names(Set<String> named, @Nullable String value) {
        return named.isEmpty() || (value != null && named.contains(value));
    }

    private boolean isInTime(Instant time) {
        return (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }
}
