package io.github.orderlookup.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * The call slots: how many calls may be under way at once, and who holds them.
 *
 * <p>The callers (REST and {@code direct:}) and Kafka keep nothing from each other for good: while
 * a source has asked for a call within the last minute, an eighth of the slots is kept for it.
 * Where only one asks, it may have all.
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
final class Slots {

    private static final int SHARE = 8;
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final int total;
    private final Source callers = new Source();
    private final Source kafka = new Source();

    private static final class Source {
        private int held;
        private Instant keptUntil = Instant.MIN;
    }

    Slots(int total) {
        this.total = total;
    }

    /** A turn of this source begins to wait. */
    void waits(CallPermit permit, Instant now) {
        source(permit.priority).keptUntil = now.plus(MEMORY);
    }

    void acquire(CallPermit permit) {
        source(permit.priority).held++;
    }

    void release(CallPermit permit) {
        source(permit.priority).held--;
    }

    int total() {
        return total;
    }

    int held() {
        return callers.held + kafka.held;
    }

    boolean isAnyFree() {
        return held() < total;
    }

    /**
     * Whether another call of the source may leave.
     *
     * @param first whether it is that of the callers
     */
    boolean isFreeFor(boolean first, Instant now) {
        return total - held() > keptFor(source(!first), now);
    }

    private int keptFor(Source source, Instant now) {
        return source.keptUntil.isAfter(now) ? Math.max(0, total / SHARE - source.held) : 0;
    }

    private Source source(boolean first) {
        return first ? callers : kafka;
    }
}
