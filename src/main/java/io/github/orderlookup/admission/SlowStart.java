package io.github.orderlookup.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * How many calls may be under way at once: all slots, but fewer in two cases.
 *
 * <ul>
 *   <li>After an outage one alone, and twice as many with each half second in which a call is
 *       answered. Thousands may wait for the end of an outage, and would overload a service that
 *       has just recovered. From one call to the 256 of the default it takes four seconds.
 *   <li>When the process has just begun to call, 32, and twice as many after each half second,
 *       however they end: this process is slow itself until its code is compiled.
 * </ul>
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
public final class SlowStart {

    private static final Duration STEP = Duration.ofMillis(500);

    private static final int COLD = 32;

    private final int slots;
    private boolean cold;
    private int limit;
    private int underWay;
    private int round;
    private Instant since = Instant.MIN;

    SlowStart(int slots) {
        this.slots = slots;
        this.limit = slots;
    }

    /** Of a process that has made no call yet. */
    public static SlowStart cold(int slots) {
        SlowStart start = new SlowStart(slots);
        start.cold = true;
        start.limit = Math.min(COLD, slots);
        return start;
    }

    /** An outage is over. Calls that started before, and may hang for long, no longer count. */
    void begin(Instant now) {
        round++;
        cold = false;
        limit = 1;
        underWay = 0;
        since = now;
    }

    /** Whether as many may be under way as there are slots, or could be but for a cold start. */
    boolean isOver() {
        return cold || limit >= slots;
    }

    /** The next moment for a call; far ahead when one must be over first. */
    Instant nextCall(Instant now) {
        warmUp(now);
        if (underWay < limit) {
            return now;
        }
        return cold && limit < slots ? since.plus(STEP) : Instant.MAX;
    }

    private void warmUp(Instant now) {
        if (cold && limit < slots && underWay >= limit && !since.plus(STEP).isAfter(now)) {
            limit = Math.min(slots, 2 * limit);
            since = now;
        }
    }

    /**
     * A call starts.
     *
     * @return the round, for {@link #callEnds}
     */
    int callStarts(Instant now) {
        if (cold && since.equals(Instant.MIN)) {
            since = now;
        }
        underWay++;
        return round;
    }

    void callEnds(int roundOfCall, boolean answered, Instant now) {
        if (roundOfCall != round) {
            return;
        }
        underWay--;
        if (answered && !cold && limit < slots && !since.plus(STEP).isAfter(now)) {
            limit = Math.min(slots, 2 * limit);
            since = now;
        }
    }
}
