package io.github.orderlookup.partnercenter;

import java.time.Duration;
import java.time.Instant;

/**
 * How many calls may be under way at once: all slots, but one alone after an outage, and twice as
 * many with each half second in which a call is answered. Thousands may wait for the end of an
 * outage, and a service that has just come back would fall under them.
 *
 * <p>From one call to the 256 of the default it takes four seconds. Not thread-safe; guarded by
 * {@link CallGate}.
 */
final class SlowStart {

    private static final Duration STEP = Duration.ofMillis(500);

    private final int slots;
    private int limit;
    private int underWay;
    private int round;
    private Instant since = Instant.MIN;

    SlowStart(int slots) {
        this.slots = slots;
        this.limit = slots;
    }

    /** An outage is over. Calls that left before, and may hang for long, no longer count. */
    void begin(Instant now) {
        round++;
        limit = 1;
        underWay = 0;
        since = now;
    }

    /** Whether as many may be under way as there are slots. */
    boolean isOver() {
        return limit >= slots;
    }

    boolean hasRoom() {
        return underWay < limit;
    }

    void leaves(Turn turn) {
        turn.round = round;
        underWay++;
    }

    void over(Turn turn, boolean answered, Instant now) {
        if (turn.round != round) {
            return;
        }
        underWay--;
        if (answered && limit < slots && !since.plus(STEP).isAfter(now)) {
            limit = Math.min(slots, 2 * limit);
            since = now;
        }
    }
}
