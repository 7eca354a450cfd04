package io.github.orderlookup.signin;

import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * The token that is handed out.
 *
 * @param issued when it was asked for
 * @param renewFrom when its renewal starts
 * @param usableUntil when it is no longer handed out
 */
record HeldToken(String token, Mfa mfa, Instant issued, Instant renewFrom, Instant usableUntil) {
    private static final Duration EARLIEST_RENEWAL = Duration.ofMinutes(5);

    /** A token is not handed out so late that it expires on its way. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(10);

    static HeldToken of(AccessToken issued, Instant asked) {
        Duration lifetime = issued.lifetime();
        Instant expiry = asked.plus(lifetime);
        return new HeldToken(
                issued.value(),
                issued.mfa(),
                asked,
                expiry.minus(Durations.min(EARLIEST_RENEWAL, lifetime.dividedBy(5))),
                expiry.minus(Durations.min(LONGEST_MARGIN, lifetime.dividedBy(20))));
    }

    boolean isUsable(Instant now) {
        return now.isBefore(usableUntil);
    }

    /** The same token, to be renewed at once. */
    HeldToken renewedNow(Instant now) {
        return new HeldToken(token, mfa, issued, now, usableUntil);
    }

    @Override
    public String toString() {
        return "HeldToken[until " + usableUntil + "]";
    }
}
