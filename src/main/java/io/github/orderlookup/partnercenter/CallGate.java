package io.github.orderlookup.partnercenter;

import io.github.orderlookup.partnercenter.Turn.State;
import io.github.orderlookup.partnercenter.Turn.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a call to Partner Center may leave: the one place where lookups of all doors wait.
 *
 * <p>A lookup waits here without a thread, be it for a call slot, for the request budget, for its
 * own back-off or for a customer that Partner Center has throttled. Invariants: at most {@code
 * slots} turns are granted and not left; calls start no faster than the {@link RequestBudget}
 * allows; each turn gets exactly one verdict.
 *
 * <p>Thread-safe.
 */
public final class CallGate implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE_FOR_ALL = Duration.ofMinutes(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final RequestBudget budget;

    private final Queue<Turn> later =
            new PriorityQueue<>(Comparator.comparing((Turn turn) -> turn.readyAt));
    private final Deque<Turn> firstInLine = new ArrayDeque<>();
    private final Deque<Turn> secondInLine = new ArrayDeque<>();
    private final Set<Turn> waiting = new HashSet<>();
    private final Map<String, Instant> pausedCustomers = new HashMap<>();
    private Instant pausedForAll = Instant.MIN;
    private int freeSlots;
    private boolean closed;
    private @Nullable ScheduledFuture<?> wakeUp;
    private Instant wakeUpAt = Instant.MAX;

    /**
     * @param slots calls under way at once
     * @param executor runs the verdicts; a granted one makes the call on that thread
     */
    CallGate(
            int slots,
            RequestBudget budget,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.freeSlots = slots;
        this.budget = budget;
        this.clock = clock;
        this.executor = executor;
        this.timer = timer;
    }

    /** Queues a turn; its verdict follows, at once or later. */
    void enter(Turn turn) {
        List<Runnable> verdicts = new ArrayList<>();
        lock.lock();
        try {
            Instant now = clock.instant();
            if (closed) {
                decide(turn, Verdict.DROPPED, verdicts);
            } else if (turn.deadline()
                    .filter(end -> end.isBefore(earliest(turn, now)))
                    .isPresent()) {
                decide(turn, Verdict.EXPIRED, verdicts);
            } else {
                waiting.add(turn);
                line(turn, now);
                advance(now, verdicts);
                arm(turn, now);
            }
        } finally {
            lock.unlock();
        }
        verdicts.forEach(Runnable::run);
    }

    /** The call of a granted turn is over. */
    void leave(Turn turn) {
        change(
                (now, verdicts) -> {
                    if (turn.state == State.GRANTED) {
                        turn.state = State.OVER;
                        freeSlots++;
                    }
                });
    }

    /**
     * Partner Center throttles a customer: nothing for it leaves before {@code pause} is over.
     * While a second customer meets the same, nothing leaves at all, for at most five minutes.
     */
    void pause(String customerId, Duration pause) {
        change(
                (now, verdicts) -> {
                    pausedCustomers.values().removeIf(end -> !end.isAfter(now));
                    pausedCustomers.merge(
                            customerId, now.plus(pause), (a, b) -> a.isAfter(b) ? a : b);
                    if (pausedCustomers.size() > 1) {
                        Duration forAll =
                                pause.compareTo(LONGEST_PAUSE_FOR_ALL) < 0
                                        ? pause
                                        : LONGEST_PAUSE_FOR_ALL;
                        Instant end = now.plus(forAll);
                        pausedForAll = end.isAfter(pausedForAll) ? end : pausedForAll;
                    }
                });
    }

    /** Drops whoever waits; calls under way go on, and no further call leaves. */
    @Override
    public void close() {
        change(
                (now, verdicts) -> {
                    closed = true;
                    List.copyOf(waiting).forEach(turn -> decide(turn, Verdict.DROPPED, verdicts));
                });
    }

    private interface Change {
        void apply(Instant now, List<Runnable> verdicts);
    }

    private void change(Change change) {
        List<Runnable> verdicts = new ArrayList<>();
        lock.lock();
        try {
            Instant now = clock.instant();
            change.apply(now, verdicts);
            advance(now, verdicts);
        } finally {
            lock.unlock();
        }
        verdicts.forEach(Runnable::run);
    }

    /** The earliest moment at which a turn could be granted if nobody else waited. */
    private Instant earliest(Turn turn, Instant now) {
        Instant pauseEnd = pausedCustomers.getOrDefault(turn.customerId, Instant.MIN);
        Instant earliest = turn.notBefore.isAfter(now) ? turn.notBefore : now;
        earliest = pauseEnd.isAfter(earliest) ? pauseEnd : earliest;
        return pausedForAll.isAfter(earliest) ? pausedForAll : earliest;
    }

    private void line(Turn turn, Instant now) {
        Instant earliest = earliest(turn, now);
        if (earliest.isAfter(now)) {
            turn.readyAt = earliest;
            later.add(turn);
        } else if (turn.first) {
            firstInLine.add(turn);
        } else {
            secondInLine.add(turn);
        }
    }

    /** Grants what can be granted now and sets the alarm for what can be granted later. */
    private void advance(Instant now, List<Runnable> verdicts) {
        while (!later.isEmpty() && !later.element().readyAt.isAfter(now)) {
            Turn turn = later.remove();
            if (turn.state == State.WAITING) {
                line(turn, now);
                arm(turn, now);
            }
        }
        while (freeSlots > 0 && !budget.nextPermit(now).isAfter(now)) {
            Turn turn = next(now);
            if (turn == null) {
                break;
            }
            freeSlots--;
            budget.take(now);
            decide(turn, Verdict.GRANTED, verdicts);
        }
        wakeUpWhenNeeded(now);
    }

    private @Nullable Turn next(Instant now) {
        for (Deque<Turn> line : List.of(firstInLine, secondInLine)) {
            for (Turn turn = line.poll(); turn != null; turn = line.poll()) {
                if (turn.state != State.WAITING) {
                    continue;
                }
                if (!earliest(turn, now).isAfter(now)) {
                    return turn;
                }
                line(turn, now);
            }
        }
        return null;
    }

    private void wakeUpWhenNeeded(Instant now) {
        Instant next = later.isEmpty() ? Instant.MAX : later.element().readyAt;
        boolean lined = !firstInLine.isEmpty() || !secondInLine.isEmpty();
        Instant permit = budget.nextPermit(now);
        if (lined && freeSlots > 0 && permit.isAfter(now) && permit.isBefore(next)) {
            next = permit;
        }
        if (wakeUp != null && !wakeUp.isDone() && !next.isBefore(wakeUpAt)) {
            return;
        }
        if (wakeUp != null) {
            wakeUp.cancel(false);
            wakeUp = null;
        }
        wakeUpAt = next;
        if (!next.equals(Instant.MAX)) {
            wakeUp = schedule(() -> change((at, verdicts) -> wakeUpAt = Instant.MAX), now, next);
        }
    }

    private void arm(Turn turn, Instant now) {
        if (turn.state != State.WAITING) {
            return;
        }
        turn.disarm();
        turn.deadline()
                .ifPresent(end -> turn.alarms.add(giveUpAt(turn, Verdict.EXPIRED, now, end)));
        if (turn.impatient && !turn.readyAt.isAfter(now)) {
            turn.alarms.add(giveUpAt(turn, Verdict.OVERLOADED, now, now.plus(PATIENCE)));
        }
    }

    private ScheduledFuture<?> giveUpAt(Turn turn, Verdict verdict, Instant now, Instant moment) {
        return schedule(
                () -> change((at, verdicts) -> decide(turn, verdict, verdicts)), now, moment);
    }

    private ScheduledFuture<?> schedule(Runnable task, Instant now, Instant moment) {
        // convert() saturates where toNanos() would overflow: a deadline may lie centuries ahead.
        long delay = Math.max(0, TimeUnit.NANOSECONDS.convert(Duration.between(now, moment)));
        return timer.schedule(task, delay, TimeUnit.NANOSECONDS);
    }

    private void decide(Turn turn, Verdict verdict, List<Runnable> verdicts) {
        if (turn.state != State.WAITING) {
            return;
        }
        turn.state = verdict == Verdict.GRANTED ? State.GRANTED : State.OVER;
        turn.disarm();
        waiting.remove(turn);
        verdicts.add(() -> executor.execute(() -> turn.verdict.accept(verdict)));
    }
}
