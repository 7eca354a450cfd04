package io.github.orderlookup.supervision;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Whether this process was short of processor time: it used nearly all there is, its threads waited
 * for a processor, or its timer ran late. A response may then have lain in the buffers of the
 * network unread.
 *
 * <p>It explains a timeout when half of the time until then was like that: in the other half, a
 * response would have been read. Thread-safe.
 */
public final class CpuStarvation {

    /** The distance between two looks. */
    public static final Duration TICK = Duration.ofMillis(500);

    private static final double BUSY = 0.85;

    /** So many threads that wait all the time, for each processor. */
    private static final double WAITING = 0.5;

    private static final int SHARE = 2;

    private final Clock clock;
    private final Supplier<Duration> used;
    private final Supplier<Duration> waited;
    private final IntSupplier processors;
    private final int ticks;
    private final Deque<Boolean> looks = new ArrayDeque<>();
    private Instant lastLook;
    private Duration lastUsed;
    private volatile boolean isShort;

    /**
     * @param clock monotonic
     * @param used the processor time that the process has used so far
     * @param waited how long its threads have waited for a processor since this was last asked
     * @param processors how many it may use at once
     * @param timeout that of a call
     */
    CpuStarvation(
            Clock clock,
            Supplier<Duration> used,
            Supplier<Duration> waited,
            IntSupplier processors,
            Duration timeout) {
        this.clock = clock;
        this.used = used;
        this.waited = waited;
        this.processors = processors;
        this.ticks = (int) Math.max(1, timeout.dividedBy(TICK));
        this.lastLook = clock.instant();
        this.lastUsed = used.get();
    }

    public static CpuStarvation ofThisProcess(Clock clock, Duration timeout) {
        return new CpuStarvation(
                clock,
                CpuStarvation::processorTime,
                new RunQueueDelay()::sinceLast,
                Runtime.getRuntime()::availableProcessors,
                timeout);
    }

    private static Duration processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }

    /** Looks once more; to be called every {@link #TICK}, by one thread. */
    public void look() {
        Duration waitedNow = waited.get();
        Duration usedNow = used.get();
        Instant now = clock.instant();
        Duration passed = Duration.between(lastLook, now);
        isShort =
                share(usedNow.minus(lastUsed), passed) >= BUSY
                        || share(waitedNow, passed) >= WAITING
                        || passed.compareTo(TICK.multipliedBy(2)) > 0;
        lastLook = now;
        lastUsed = usedNow;
        add(isShort);
    }

    private synchronized void add(boolean look) {
        looks.add(look);
        while (looks.size() > ticks) {
            looks.remove();
        }
    }

    private double share(Duration time, Duration passed) {
        return time.toNanos() / (double) Math.max(1, passed.toNanos() * processors.getAsInt());
    }

    /** Whether a timeout that ends now may be due to this process. */
    public synchronized boolean isSlow() {
        long slow = looks.stream().filter(Boolean::booleanValue).count();
        return slow * SHARE >= ticks;
    }

    /** Whether it was short of processor time when it was last looked. */
    public boolean isShort() {
        return isShort;
    }
}
