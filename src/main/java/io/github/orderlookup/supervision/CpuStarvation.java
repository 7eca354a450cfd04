package io.github.orderlookup.supervision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Whether this process was short of processor time: it used nearly all there is, or its timer ran
 * late. An answer may then have lain in the buffers of the network unread.
 *
 * <p>It counts when a quarter of the last timeout was like that. Thread-safe.
 */
public final class CpuStarvation {

    /** The distance between two looks. */
    public static final Duration TICK = Duration.ofMillis(500);

    private static final double BUSY = 0.85;
    private static final int SHARE = 4;

    private final Clock clock;
    private final Supplier<Duration> used;
    private final IntSupplier processors;
    private final int ticks;
    private final Deque<Boolean> looks = new ArrayDeque<>();
    private Instant lastLook;
    private Duration lastUsed;

    /**
     * @param clock monotonic
     * @param used the processor time that the process has used so far
     * @param processors how many it may use at once
     * @param timeout that of a call
     */
    CpuStarvation(Clock clock, Supplier<Duration> used, IntSupplier processors, Duration timeout) {
        this.clock = clock;
        this.used = used;
        this.processors = processors;
        this.ticks = (int) Math.max(1, timeout.dividedBy(TICK));
        this.lastLook = clock.instant();
        this.lastUsed = used.get();
    }

    public static CpuStarvation ofThisProcess(Clock clock, Duration timeout) {
        return new CpuStarvation(
                clock,
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                Runtime.getRuntime()::availableProcessors,
                timeout);
    }

    /** Looks once more; to be called every {@link #TICK}. */
    public synchronized void look() {
        Instant now = clock.instant();
        Duration usedNow = used.get();
        Duration passed = Duration.between(lastLook, now);
        double share =
                usedNow.minus(lastUsed).toNanos()
                        / (double) Math.max(1, passed.toNanos() * processors.getAsInt());
        looks.add(share >= BUSY || passed.compareTo(TICK.multipliedBy(2)) > 0);
        while (looks.size() > ticks) {
            looks.remove();
        }
        lastLook = now;
        lastUsed = usedNow;
    }

    public synchronized boolean isSlow() {
        long slow = looks.stream().filter(Boolean::booleanValue).count();
        return slow * SHARE >= ticks;
    }
}
