package io.github.orderlookup.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A {@link ManualClock} and a timer that runs by it. For one thread. */
public final class ManualTime {

    private final ManualClock clock = new ManualClock();
    private final Instant start = clock.instant();
    private final Queue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparing((Task task) -> task.due)
                            .thenComparing(task -> task.number));
    private int numbers;

    public Instant now() {
        return clock.instant();
    }

    /** The moment so long after now; before it, if negative. */
    public Instant in(Duration duration) {
        return now().plus(duration);
    }

    /** How much time has passed. */
    Duration passed() {
        return Duration.between(start, now());
    }

    /** Lets time pass; what falls due runs at its moment. */
    public void advance(Duration duration) {
        Instant end = now().plus(duration);
        while (!tasks.isEmpty() && !tasks.element().due.isAfter(end)) {
            Task task = tasks.remove();
            advanceTo(task.due);
            task.run();
        }
        advanceTo(end);
    }

    private void advanceTo(Instant moment) {
        clock.advance(Duration.between(now(), moment));
    }

    /** How many tasks wait for their moment. */
    public int scheduled() {
        return tasks.size();
    }

    public Clock clock() {
        return clock;
    }

    public ScheduledExecutorService timer() {
        return new ManualTimer();
    }

    private final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final Instant due;
        private final int number = numbers++;

        Task(Runnable work, Instant due) {
            super(work, null);
            this.due = due;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            tasks.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        protected void setException(Throwable failure) {
            throw new AssertionError("A timer task failed", failure);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final class ManualTimer extends AbstractExecutorService
            implements ScheduledExecutorService {

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            Task task = new Task(work, now().plus(Duration.ofNanos(unit.toNanos(delay))));
            tasks.add(task);
            return task;
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(
                Runnable work, long initialDelay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable work, long initialDelay, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable command) {
            schedule(command, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
