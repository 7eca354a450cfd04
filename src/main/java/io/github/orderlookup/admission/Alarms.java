package io.github.orderlookup.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of {@link CallLimiter}: those of each waiting permit, and the one at which the next
 * permit can be granted.
 *
 * <p>Not thread-safe; guarded by the lock of {@link CallLimiter}.
 */
final class Alarms {

    private final ScheduledExecutorService timer;
    private final Consumer<Consumer<Instant>> change;
    private final BiConsumer<String, Throwable> unexpected;
    private @Nullable ScheduledFuture<?> wakeUp;
    private Instant wakeUpAt = Instant.MAX;

    /**
     * @param change applies an action under the lock
     * @param unexpected notified of what an action throws
     */
    Alarms(
            ScheduledExecutorService timer,
            Consumer<Consumer<Instant>> change,
            BiConsumer<String, Throwable> unexpected) {
        this.timer = timer;
        this.change = change;
        this.unexpected = unexpected;
    }

    /** Sets a timer of a permit. */
    void add(CallPermit permit, Instant moment, Instant now, Consumer<Instant> action) {
        permit.alarms.add(schedule(moment, now, action));
    }

    /** Cancels the timers of a permit. */
    void cancel(CallPermit permit) {
        permit.alarms.forEach(alarm -> alarm.cancel(false));
        permit.alarms.clear();
    }

    /** Makes sure that a change happens at this moment, or before; {@link Instant#MAX} for none. */
    void wakeUpAt(Instant moment, Instant now) {
        if (wakeUp != null && !wakeUp.isDone() && !moment.isBefore(wakeUpAt)) {
            return;
        }
        if (wakeUp != null) {
            wakeUp.cancel(false);
            wakeUp = null;
        }
        wakeUpAt = moment;
        if (!moment.equals(Instant.MAX)) {
            wakeUp = schedule(moment, now, at -> wakeUpAt = Instant.MAX);
        }
    }

    private ScheduledFuture<?> schedule(Instant moment, Instant now, Consumer<Instant> action) {
        // convert() saturates where toNanos() would overflow: a deadline may lie centuries ahead.
        long delay = Math.max(0, TimeUnit.NANOSECONDS.convert(Duration.between(now, moment)));
        return timer.schedule(() -> run(action), delay, TimeUnit.NANOSECONDS);
    }

    private void run(Consumer<Instant> action) {
        try {
            change.accept(action);
        } catch (Throwable e) {
            unexpected.accept("An alarm of a waiting lookup", e);
        }
    }
}
