package io.github.orderlookup.cli.redrive;

import java.util.Optional;

/**
 * Decides whether a failed request is sent again. Pure.
 *
 * @param requestTopic the topic that requests are sent to: those of another one are not ours
 * @param maxTimes how many times one request may be sent again in all
 */
record Triage(Selection selection, String requestTopic, int maxTimes) {

    /** Why it is not sent again; empty when it is. */
    Optional<Reason> refusal(FailedRequest failed) {
        if (!failed.requestTopic().equals(requestTopic)) {
            return Optional.of(Reason.OTHER_REQUEST_TOPIC);
        }
        Optional<Reason> filtered = selection.refusal(failed);
        if (filtered.isPresent()) {
            return filtered;
        }
        if (failed.redriven() >= maxTimes) {
            return Optional.of(Reason.MAX_TIMES);
        }
        return failed.isIncomplete() ? Optional.of(Reason.INCOMPLETE) : Optional.empty();
    }
}
