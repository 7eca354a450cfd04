package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Source.Share;
import java.time.Duration;
import java.time.Instant;

/**
 * The call slots: how many calls may be under way at once, and which share holds them. While a
 * share has asked for a permit within the last minute, an eighth of the slots is kept for it;
 * otherwise the other share may have all.
 *
 * <p>Not thread-safe; guarded by {@link CallLimiter}.
 */
final class Slots {

    private static final int KEPT_PART = 8;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final int total;
    private final Usage callers = new Usage();
    private final Usage kafka = new Usage();

    private static final class Usage {
        private int held;
        private Instant keptUntil = Instant.MIN;
    }

    Slots(int total) {
        this.total = total;
    }

    /** A permit of this share begins to wait. */
    void waits(Share share, Instant now) {
        usage(share).keptUntil = now.plus(KEPT_FOR);
    }

    void acquire(Share share) {
        usage(share).held++;
    }

    void release(Share share) {
        usage(share).held--;
    }

    int held() {
        return callers.held + kafka.held;
    }

    boolean isAnyFree() {
        return held() < total;
    }

    /** Whether another call of the share may start. */
    boolean isFreeFor(Share share, Instant now) {
        return total - held() > keptFor(share == Share.CALLERS ? kafka : callers, now);
    }

    private int keptFor(Usage other, Instant now) {
        return other.keptUntil.isAfter(now) ? Math.max(0, total / KEPT_PART - other.held) : 0;
    }

    private Usage usage(Share share) {
        return share == Share.CALLERS ? callers : kafka;
    }
}
