package io.github.orderlookup.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * How many calls may be under way at once: all slots, but fewer in two cases.
 *
 * <ul>
 *   <li>After an outage one alone, and twice as many with each half second in which a call is
 *       answered. Thousands may wait for the end of an outage, and would overload a service that
 *       has just recovered. From one call to the 256 of the default it takes four seconds.
 *   <li>When the process has just begun to call, 32, and twice as many after each half second, once
 *       so many are under way: this process is slow itself until its code is compiled. Calls that
 *       hang hold up no others; but while the process is short of processor time, a call must have
 *       been answered.
 * </ul>
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
public final class SlowStart {

    private static final Duration STEP = Duration.ofMillis(500);

    private static final int COLD = 32;

    private final int slots;
    private final BooleanSupplier starved;
    private boolean cold;
    private int limit;
    private int underWay;
    private int round;
    private Instant since = Instant.MIN;

    SlowStart(int slots) {
        this(slots, () -> false);
    }

    private SlowStart(int slots, BooleanSupplier starved) {
        this.slots = slots;
        this.limit = slots;
        this.starved = starved;
    }

    /**
     * Of a process that has made no call yet.
     *
     * @param starved whether the process is short of processor time
     */
    public static SlowStart cold(int slots, BooleanSupplier starved) {
        SlowStart start = new SlowStart(slots, starved);
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
        if (cold && underWay >= limit && !starved.getAsBoolean()) {
            grow(now);
        }
        if (underWay < limit) {
            return now;
        }
        return cold && limit < slots ? later(since.plus(STEP), now) : Instant.MAX;
    }

    /** A moment at which to look again, after now. */
    private static Instant later(Instant moment, Instant now) {
        return moment.isAfter(now) ? moment : now.plus(STEP);
    }

    private void grow(Instant now) {
        if (limit < slots && !since.plus(STEP).isAfter(now)) {
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
        boolean all = underWay >= limit;
        underWay--;
        if (answered && (all || !cold)) {
            grow(now);
        }
    }
}
