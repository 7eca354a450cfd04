package io.github.orderlookup.admission;

import io.github.orderlookup.admission.Turn.State;
import io.github.orderlookup.admission.Turn.Verdict;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.memory.MemoryShares;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a call to Partner Center may leave: the one place where lookups of all doors wait.
 *
 * <p>A lookup waits here without a thread, be it for a call slot, for the request budget, for its
 * own back-off, for a customer that Partner Center has throttled, or for the end of an outage.
 * Invariants: at most {@code slots} turns are granted and not left; calls start no faster than the
 * {@link RequestBudget} allows, and one by one while the {@link Breaker} is open; each turn gets
 * exactly one verdict.
 *
 * <p>Thread-safe.
 */
public final class CallGate implements UpstreamHealth, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Calls that wait for a permit see another begin or end within this time; see the budget. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final RequestBudget budget;
    private final MemoryShares memory;
    private final Duration longestPause;
    private final BiConsumer<String, Throwable> unexpected;
    private final Delivery delivery;

    private final Lines lines = new Lines();
    private final Set<Turn> waiting = new LinkedHashSet<>();
    private final Pauses pauses = new Pauses();
    private final SharedCalls shared = new SharedCalls();
    private final Slots slots;
    private final Health health;
    private @Nullable Instant noFreeSlotSince;
    private Instant movedAt = Instant.MIN;
    private long entered;
    private long cancelled;
    private long dropped;
    private boolean closed;
    private volatile boolean signedIn;
    private @Nullable ScheduledFuture<?> wakeUp;
    private Instant wakeUpAt = Instant.MAX;

    /**
     * @param slots calls under way at once
     * @param health how many calls may leave as far as the remote is concerned
     * @param longestPause what a turn waits for the end of a pause of its customer at most
     * @param memory while a share is exhausted no call of its source leaves
     * @param clock monotonic
     * @param threads run the decisions; a granted one makes the call on that thread
     * @param timer runs short tasks that never block
     * @param unexpected notified of what a listener or a task throws, and what it was doing
     */
    public CallGate(
            int slots,
            Health health,
            Duration longestPause,
            RequestBudget budget,
            MemoryShares memory,
            Clock clock,
            LookupThreads threads,
            ScheduledExecutorService timer,
            BiConsumer<String, Throwable> unexpected) {
        this.slots = new Slots(slots);
        this.longestPause = longestPause;
        this.health = health;
        this.budget = budget;
        this.memory = memory;
        this.clock = clock;
        this.timer = timer;
        this.unexpected = unexpected;
        this.delivery = new Delivery(threads, this::leave, unexpected);
    }

    /** Queues a turn; its verdict follows, at once or later. */
    void enter(Turn turn) {
        change(
                (now, verdicts) -> {
                    if (turn.state == State.WAITING) {
                        turn.number = turn.number < 0 ? entered++ : turn.number;
                        slots.enters(turn, now);
                        health.enters(turn);
                        waiting.add(turn);
                        line(turn, now, verdicts);
                        arm(turn, now);
                    }
                });
    }

    /**
     * The caller of a turn is gone: while it waits, or while it shares the call of another, it
     * leaves with the verdict {@link Verdict#CANCELLED}. A call under way goes on.
     */
    void cancel(Turn turn) {
        change((now, verdicts) -> decide(turn, Verdict.CANCELLED, now, verdicts));
    }

    /**
     * The lookup of a turn is over: takes it out of its line without a verdict, or its slot back.
     * Does nothing when neither is left.
     */
    void release(Turn turn) {
        change(
                (now, verdicts) -> {
                    if (turn.state == State.WAITING) {
                        stopWaiting(turn, State.OVER, now, verdicts);
                    } else {
                        leave(turn, now, verdicts);
                    }
                });
    }

    /** The call of a granted turn is over. */
    void leave(Turn turn) {
        change((now, verdicts) -> leave(turn, now, verdicts));
    }

    private void leave(Turn turn, Instant now, List<Runnable> verdicts) {
        if (turn.state == State.GRANTED) {
            turn.state = State.OVER;
            movedAt = now;
            slots.giveBack(turn);
            share(turn, now, verdicts);
            tellWhenOutageBegins(health.over(turn, now), now, verdicts);
        }
    }

    /** Whoever does not wait for the end of an outage learns of it. */
    private void tellWhenOutageBegins(boolean begins, Instant now, List<Runnable> verdicts) {
        if (begins) {
            List.copyOf(waiting).stream()
                    .filter(turn -> turn.first && !isUnderWay(turn))
                    .forEach(turn -> decide(turn, Verdict.OUTAGE, now, verdicts));
        }
    }

    /**
     * No call can leave for want of a token.
     *
     * @param outage what a caller is told; null while it is too early to speak of an outage
     */
    public void suspend(@Nullable Failure outage) {
        change((now, verdicts) -> tellWhenOutageBegins(health.suspend(outage), now, verdicts));
    }

    /** One call may leave although calls are suspended, to find out whether that is over. */
    public void allowProbe() {
        change((now, verdicts) -> health.allowProbe());
    }

    /** A call has its token, and goes on. */
    public void signedIn() {
        if (!signedIn) {
            change((now, verdicts) -> signedIn = true);
        }
    }

    /** The request of a call was sent again: both may have arrived, so both count. */
    public void callRepeated() {
        change((now, verdicts) -> budget.take(now));
    }

    /** There is room for answers again. */
    public void lookAgain() {
        change((now, verdicts) -> {});
    }

    /** There is a token again. */
    public void resume() {
        change((now, verdicts) -> health.resume(now));
    }

    @Override
    public Optional<String> outage() {
        return ask(() -> health.outage().map(Failure::detail));
    }

    @Override
    public boolean takesOneMore() {
        return ask(() -> health.isProbing() && lines.fresh() == null);
    }

    /**
     * What a turn waits for, in words; empty when it does not wait, when the call that it shares is
     * under way, or when nothing explains that it waits: it is ready, and for minutes no call has
     * begun or ended.
     */
    Optional<String> waitReason(Turn turn) {
        return ask(() -> Optional.ofNullable(waitReason(turn, clock.instant())));
    }

    private @Nullable String waitReason(Turn turn, Instant now) {
        if (turn.state != State.WAITING || isUnderWay(turn)) {
            return null;
        }
        if (health.isOutage()) {
            return "the end of an outage";
        }
        if (turn.readyAt.isAfter(now)) {
            return pauses.end(turn.customerId).isAfter(now)
                    ? "the end of a pause that Partner Center has asked for"
                    : "its next attempt";
        }
        Instant since = later(turn.readyAt, movedAt);
        return since.plus(STANDSTILL).isAfter(now) ? "a permit to call" : null;
    }

    /** Whether calls fail for others as well, and it is too early to say that it is an outage. */
    public boolean isInDoubt() {
        return ask(() -> health.isInDoubt(clock.instant()));
    }

    public boolean isClosed() {
        return ask(() -> closed);
    }

    private <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Hands the result of a call on to those who share it; without one they are on their own. */
    private void share(Turn turn, Instant now, List<Runnable> verdicts) {
        for (Turn follower : shared.part(turn)) {
            follower.result = turn.result;
            if (turn.result == null) {
                line(follower, now, verdicts);
            } else {
                decide(follower, Verdict.SHARED, now, verdicts);
            }
        }
    }

    /**
     * Partner Center throttles a customer: nothing for it leaves before {@code pause} is over.
     * While a second customer meets the same, nothing leaves at all, for at most five minutes.
     */
    public void pause(String customerId, Duration pause) {
        change(
                (now, verdicts) -> {
                    budget.throttled(now);
                    pauses.add(customerId, now, pause);
                    stepAside(now, verdicts);
                });
    }

    /** What waits here and what is under way. */
    public CallFigures figures() {
        lock.lock();
        try {
            Instant now = clock.instant();
            return new CallFigures(
                    slots.held(),
                    waiting.size(),
                    budget.rate(now),
                    pauses.count(),
                    pauses.customers(now),
                    pauses.isForAll(now),
                    health.state(),
                    cancelled,
                    dropped,
                    new CallFigures.Memory(
                            memory.callers().held(),
                            memory.kafka().held(),
                            memory.kafka().limit()));
        } finally {
            lock.unlock();
        }
    }

    /** Drops whoever waits; calls under way go on, and no further call leaves. */
    @Override
    public void close() {
        memory.close();
        change(
                (now, verdicts) -> {
                    closed = true;
                    List.copyOf(waiting).stream()
                            .filter(turn -> !isUnderWay(turn))
                            .forEach(turn -> decide(turn, Verdict.DROPPED, now, verdicts));
                });
    }

    private interface Change {
        void apply(Instant now, List<Runnable> verdicts);
    }

    /** Whatever is thrown meanwhile, what is decided is delivered. */
    private void change(Change change) {
        List<Runnable> verdicts = new ArrayList<>(2);
        lock.lock();
        try {
            Instant now = clock.instant();
            change.apply(now, verdicts);
            advance(now, verdicts);
        } finally {
            lock.unlock();
            verdicts.forEach(Runnable::run);
        }
    }

    /** The earliest moment at which a turn is ready: only a slot and the budget are missing. */
    private Instant earliest(Turn turn, Instant now) {
        return later(later(now, turn.notBefore), pauses.end(turn.customerId));
    }

    public static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Puts a turn where it waits, unless the gate is closed or the next permitted moment lies
     * beyond its deadline.
     */
    private void line(Turn turn, Instant now, List<Runnable> verdicts) {
        turn.readyAt = earliest(turn, now);
        Instant permit = later(turn.readyAt, budget.nextPermit(now));
        if (closed) {
            decide(turn, Verdict.DROPPED, now, verdicts);
        } else if (isPausedForTooLong(turn, now)) {
            decide(turn, Verdict.PAUSED, now, verdicts);
        } else if (turn.deadline().filter(end -> end.isBefore(permit)).isPresent()) {
            decide(turn, Verdict.EXPIRED, now, verdicts);
        } else if (turn.first && health.isOutage() && !isProbe(permit, now)) {
            decide(turn, Verdict.OUTAGE, now, verdicts);
        } else if (turn.readyAt.isAfter(now)) {
            lines.addLater(turn);
        } else if (!shared.join(turn)) {
            lines.add(turn);
        }
    }

    /**
     * Whether pauses of its customer keep a turn from going for longer than it may wait for that in
     * all: it ends then, and holds nobody up.
     */
    private boolean isPausedForTooLong(Turn turn, Instant now) {
        Instant end = pauses.endOf(turn.customerId);
        if (!end.isAfter(now)) {
            return false;
        }
        turn.pausedUntil = end;
        if (turn.pausedSince == null) {
            turn.pausedSince = now;
        }
        return Duration.between(turn.pausedSince, end).compareTo(longestPause) > 0;
    }

    /** Whether a turn that waits for no outage finds out at once whether it is over. */
    private boolean isProbe(Instant permit, Instant now) {
        return !permit.isAfter(now) && hasPlace(true, now) && health.mayLeave(now);
    }

    /** Takes those out of the lines that a new pause keeps from going. */
    private void stepAside(Instant now, List<Runnable> verdicts) {
        List<Turn> kept =
                lines.removeIf(turn -> earliest(turn, now).isAfter(later(turn.readyAt, now)));
        kept.removeIf(turn -> turn.state != State.WAITING || turn.leader != null);
        for (Turn turn : kept) {
            List<Turn> followers = shared.part(turn);
            line(turn, now, verdicts);
            arm(turn, now);
            followers.forEach(follower -> line(follower, now, verdicts));
        }
    }

    /** Grants what can be granted now and sets the alarm for what can be granted later. */
    private void advance(Instant now, List<Runnable> verdicts) {
        for (Turn turn = lines.pollReady(now); turn != null; turn = lines.pollReady(now)) {
            if (turn.state == State.WAITING) {
                line(turn, now, verdicts);
                arm(turn, now);
            }
        }
        while (mayStart() && health.mayLeave(now) && !budget.nextPermit(now).isAfter(now)) {
            Turn turn = next(now);
            if (turn == null) {
                break;
            }
            grant(turn, now, verdicts);
        }
        if (hasPlace(true, now)) {
            noFreeSlotSince = null;
        } else if (noFreeSlotSince == null) {
            noFreeSlotSince = now;
        }
        wakeUpWhenNeeded(now);
    }

    private @Nullable Turn next(Instant now) {
        boolean firstMay = hasPlace(true, now);
        boolean secondMay = hasPlace(false, now);
        return health.isProbing()
                ? lines.pollProbe(firstMay, secondMay)
                : lines.poll(firstMay, secondMay);
    }

    /**
     * Whether another call of those that go first, or of the others, and its answer have a place.
     */
    private boolean hasPlace(boolean first, Instant now) {
        return slots.isFreeFor(first, now) && !memory.of(first).isExhausted();
    }

    /**
     * With a budget one call leaves alone until it has its token: those that waited for it together
     * would then arrive together, in a shorter time than the budget counts with.
     */
    private boolean mayStart() {
        return slots.isAnyFree() && (signedIn || budget.isUnlimited() || slots.held() == 0);
    }

    private void grant(Turn turn, Instant now, List<Runnable> verdicts) {
        slots.take(turn);
        movedAt = now;
        budget.take(now);
        health.leaves(turn, now);
        decide(turn, Verdict.GRANTED, now, verdicts);
    }

    private void wakeUpWhenNeeded(Instant now) {
        Instant next = lines.nextReady();
        Instant permit = later(budget.nextPermit(now), health.nextLeave(now));
        if (lines.isAnyReady()
                && slots.isAnyFree()
                && permit.isAfter(now)
                && permit.isBefore(next)) {
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
        turn.deadline().ifPresent(end -> turn.alarms.add(expireAt(turn, now, end)));
        if (turn.impatient && !turn.readyAt.isAfter(now)) {
            turn.alarms.add(checkPatienceAt(turn, now, now.plus(PATIENCE)));
        }
    }

    private ScheduledFuture<?> expireAt(Turn turn, Instant now, Instant end) {
        return schedule(
                () -> change((at, verdicts) -> decide(turn, Verdict.EXPIRED, at, verdicts)),
                now,
                end);
    }

    private ScheduledFuture<?> checkPatienceAt(Turn turn, Instant now, Instant moment) {
        return schedule(
                () -> change((at, verdicts) -> checkPatience(turn, at, verdicts)), now, moment);
    }

    /** Gives up when it is slots that the turn has waited for, and looks again later otherwise. */
    private void checkPatience(Turn turn, Instant now, List<Runnable> verdicts) {
        if (turn.state != State.WAITING || turn.readyAt.isAfter(now) || isUnderWay(turn)) {
            return;
        }
        Instant since = noFreeSlotSince == null ? now : later(noFreeSlotSince, turn.readyAt);
        Instant end = since.plus(PATIENCE);
        if (end.isAfter(now)) {
            turn.alarms.add(checkPatienceAt(turn, now, end));
        } else {
            decide(turn, Verdict.OVERLOADED, now, verdicts);
        }
    }

    private ScheduledFuture<?> schedule(Runnable task, Instant now, Instant moment) {
        // convert() saturates where toNanos() would overflow: a deadline may lie centuries ahead.
        long delay = Math.max(0, TimeUnit.NANOSECONDS.convert(Duration.between(now, moment)));
        return timer.schedule(() -> guarded(task), delay, TimeUnit.NANOSECONDS);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            unexpected.accept("An alarm of a waiting lookup", e);
        }
    }

    /** Whether the call that the turn shares has left. */
    private static boolean isUnderWay(Turn turn) {
        return turn.leader != null && turn.leader.state == State.GRANTED;
    }

    private void decide(Turn turn, Verdict verdict, Instant now, List<Runnable> verdicts) {
        if (turn.state != State.WAITING) {
            return;
        }
        cancelled += verdict == Verdict.CANCELLED ? 1 : 0;
        dropped += verdict == Verdict.DROPPED ? 1 : 0;
        turn.outage = verdict == Verdict.OUTAGE ? health.outage().orElse(null) : null;
        verdicts.add(() -> delivery.deliver(turn, verdict));
        State state = verdict == Verdict.GRANTED ? State.GRANTED : State.OVER;
        stopWaiting(turn, state, now, verdicts);
    }

    private void stopWaiting(Turn turn, State state, Instant now, List<Runnable> verdicts) {
        turn.state = state;
        turn.disarm();
        waiting.remove(turn);
        if (state == State.GRANTED) {
            shared.close(turn);
        } else {
            lines.remove(turn);
            shared.part(turn).forEach(follower -> line(follower, now, verdicts));
        }
    }
}
