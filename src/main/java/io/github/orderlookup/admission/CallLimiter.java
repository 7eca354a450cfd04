package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.admission.CallPermit.State;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.RetryDecision.Outage;
import io.github.orderlookup.lookup.Source.Share;
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
 * {@link RateLimiter} allows, and one by one while the {@link CircuitBreaker} is open; each turn
 * gets exactly one verdict.
 *
 * <p>Thread-safe.
 */
public final class CallLimiter implements UpstreamHealth, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Calls that wait for a permit see another begin or end within this time; see the budget. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final RateLimiter rateLimiter;
    private final MemoryShares memory;
    private final Duration longestPause;
    private final BiConsumer<String, Throwable> unexpected;
    private final DecisionDelivery delivery;

    private final WaitQueue queue = new WaitQueue();
    private final Set<CallPermit> waiting = new LinkedHashSet<>();
    private final CustomerThrottle throttle = new CustomerThrottle();
    private final RequestCollapser collapser = new RequestCollapser();
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
    public CallLimiter(
            int slots,
            Health health,
            Duration longestPause,
            RateLimiter rateLimiter,
            MemoryShares memory,
            Clock clock,
            LookupThreads threads,
            ScheduledExecutorService timer,
            BiConsumer<String, Throwable> unexpected) {
        this.slots = new Slots(slots);
        this.longestPause = longestPause;
        this.health = health;
        this.rateLimiter = rateLimiter;
        this.memory = memory;
        this.clock = clock;
        this.timer = timer;
        this.unexpected = unexpected;
        this.delivery = new DecisionDelivery(threads, this::endCall, unexpected);
    }

    /** Queues a turn; its verdict follows, at once or later. */
    void acquire(CallPermit permit) {
        change(
                (now, verdicts) -> {
                    if (permit.state == State.WAITING) {
                        permit.number = permit.number < 0 ? entered++ : permit.number;
                        slots.waits(permit.share, now);
                        health.waits(permit);
                        waiting.add(permit);
                        line(permit, now, verdicts);
                        arm(permit, now);
                    }
                });
    }

    /**
     * The caller of a turn is gone: while it waits, or while it shares the call of another, it
     * leaves with the verdict {@link Decision#CANCELLED}. A call under way goes on.
     */
    void cancel(CallPermit permit) {
        change((now, verdicts) -> decide(permit, Decision.CANCELLED, now, verdicts));
    }

    /**
     * The lookup of a turn is over: takes it out of its line without a verdict, or its slot back.
     * Does nothing when neither is left.
     */
    void release(CallPermit permit) {
        change(
                (now, verdicts) -> {
                    if (permit.state == State.WAITING) {
                        stopWaiting(permit, State.OVER, now, verdicts);
                    } else {
                        endCall(permit, now, verdicts);
                    }
                });
    }

    /** The call of a granted turn is over. */
    void endCall(CallPermit permit) {
        change((now, verdicts) -> endCall(permit, now, verdicts));
    }

    private void endCall(CallPermit permit, Instant now, List<Runnable> verdicts) {
        if (permit.state == State.GRANTED) {
            permit.state = State.OVER;
            movedAt = now;
            slots.release(permit.share);
            share(permit, now, verdicts);
            failFastWhenOutageBegins(health.callEnds(permit, now), now, verdicts);
        }
    }

    /** Whoever does not wait for the end of an outage learns of it. */
    private void failFastWhenOutageBegins(boolean begins, Instant now, List<Runnable> verdicts) {
        if (begins) {
            List.copyOf(waiting).stream()
                    .filter(permit -> !permit.source.waitsForOutageEnd() && !isUnderWay(permit))
                    .forEach(permit -> decide(permit, Decision.OUTAGE, now, verdicts));
        }
    }

    /**
     * No call can leave for want of a token.
     *
     * @param outage what a caller is told; null while it is too early to speak of an outage
     */
    public void suspend(@Nullable Failure outage) {
        change((now, verdicts) -> failFastWhenOutageBegins(health.suspend(outage), now, verdicts));
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
        change((now, verdicts) -> rateLimiter.take(now));
    }

    /** There is room for answers again. */
    public void reconsider() {
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
        return ask(() -> health.isProbing() && queue.fresh() == null);
    }

    /**
     * What a turn waits for, in words; empty when it does not wait, when the call that it shares is
     * under way, or when nothing explains that it waits: it is ready, and for minutes no call has
     * begun or ended.
     */
    Optional<String> waitReason(CallPermit permit) {
        return ask(() -> Optional.ofNullable(waitReason(permit, clock.instant())));
    }

    private @Nullable String waitReason(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING || isUnderWay(permit)) {
            return null;
        }
        if (health.isOutage()) {
            return "the end of an outage";
        }
        if (permit.readyAt.isAfter(now)) {
            return throttle.end(permit.customerId).isAfter(now)
                    ? "the end of a pause that Partner Center has asked for"
                    : "its next attempt";
        }
        Instant since = later(permit.readyAt, movedAt);
        return since.plus(STANDSTILL).isAfter(now) ? "a permit to call" : null;
    }

    /** What is known of an outage now. */
    public Outage outageState() {
        return ask(() -> health.outageState(clock.instant()));
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
    private void share(CallPermit permit, Instant now, List<Runnable> verdicts) {
        for (CallPermit follower : collapser.part(permit)) {
            follower.result = permit.result;
            if (permit.result == null) {
                line(follower, now, verdicts);
            } else {
                decide(follower, Decision.SHARED, now, verdicts);
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
                    rateLimiter.throttled(now);
                    throttle.add(customerId, now, pause);
                    stepAside(now, verdicts);
                });
    }

    /** What waits here and what is under way. */
    public CallStats stats() {
        lock.lock();
        try {
            Instant now = clock.instant();
            return new CallStats(
                    slots.held(),
                    waiting.size(),
                    rateLimiter.rate(now),
                    throttle.count(),
                    throttle.customers(now),
                    throttle.isForAll(now),
                    health.state(),
                    cancelled,
                    dropped,
                    new CallStats.Memory(
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
                            .filter(permit -> !isUnderWay(permit))
                            .forEach(permit -> decide(permit, Decision.DROPPED, now, verdicts));
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
    private Instant earliest(CallPermit permit, Instant now) {
        return later(later(now, permit.notBefore), throttle.end(permit.customerId));
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Puts a turn where it waits, unless the gate is closed or the next permitted moment lies
     * beyond its deadline.
     */
    private void line(CallPermit permit, Instant now, List<Runnable> verdicts) {
        permit.readyAt = earliest(permit, now);
        Instant next = later(permit.readyAt, rateLimiter.nextPermit(now));
        if (closed) {
            decide(permit, Decision.DROPPED, now, verdicts);
        } else if (isPausedForTooLong(permit, now)) {
            decide(permit, Decision.PAUSED, now, verdicts);
        } else if (permit.deadline().filter(end -> end.isBefore(next)).isPresent()) {
            decide(permit, Decision.EXPIRED, now, verdicts);
        } else if (!permit.source.waitsForOutageEnd()
                && health.isOutage()
                && !isProbe(permit.share, next, now)) {
            decide(permit, Decision.OUTAGE, now, verdicts);
        } else if (permit.readyAt.isAfter(now)) {
            queue.addLater(permit);
        } else if (!collapser.join(permit)) {
            queue.add(permit);
        }
    }

    /**
     * Whether pauses of its customer keep a turn from going for longer than it may wait for that in
     * all: it ends then, and holds nobody up.
     */
    private boolean isPausedForTooLong(CallPermit permit, Instant now) {
        Instant end = throttle.endOf(permit.customerId);
        if (!end.isAfter(now)) {
            return false;
        }
        permit.pausedUntil = end;
        if (permit.pausedSince == null) {
            permit.pausedSince = now;
        }
        return Duration.between(permit.pausedSince, end).compareTo(longestPause) > 0;
    }

    /** Whether a permit that waits for no outage finds out at once whether it is over. */
    private boolean isProbe(Share share, Instant next, Instant now) {
        return !next.isAfter(now) && hasPlace(share, now) && health.mayCall(now);
    }

    /** Takes those out of the lines that a new pause keeps from going. */
    private void stepAside(Instant now, List<Runnable> verdicts) {
        List<CallPermit> kept =
                queue.removeIf(permit -> earliest(permit, now).isAfter(later(permit.readyAt, now)));
        kept.removeIf(permit -> permit.state != State.WAITING || permit.leader != null);
        for (CallPermit permit : kept) {
            List<CallPermit> followers = collapser.part(permit);
            line(permit, now, verdicts);
            arm(permit, now);
            followers.forEach(follower -> line(follower, now, verdicts));
        }
    }

    /** Grants what can be granted now and sets the alarm for what can be granted later. */
    private void advance(Instant now, List<Runnable> verdicts) {
        for (CallPermit permit = queue.pollReady(now);
                permit != null;
                permit = queue.pollReady(now)) {
            if (permit.state == State.WAITING) {
                line(permit, now, verdicts);
                arm(permit, now);
            }
        }
        while (mayStart() && health.mayCall(now) && !rateLimiter.nextPermit(now).isAfter(now)) {
            CallPermit permit = next(now);
            if (permit == null) {
                break;
            }
            grant(permit, now, verdicts);
        }
        if (hasPlace(Share.CALLERS, now)) {
            noFreeSlotSince = null;
        } else if (noFreeSlotSince == null) {
            noFreeSlotSince = now;
        }
        wakeUpWhenNeeded(now);
    }

    private @Nullable CallPermit next(Instant now) {
        boolean callersMay = hasPlace(Share.CALLERS, now);
        boolean kafkaMay = hasPlace(Share.KAFKA, now);
        return health.isProbing()
                ? queue.pollProbe(callersMay, kafkaMay)
                : queue.poll(callersMay, kafkaMay);
    }

    /** Whether there are a slot for another call of the share and memory for its response. */
    private boolean hasPlace(Share share, Instant now) {
        return slots.isFreeFor(share, now) && !memory.of(share).isExhausted();
    }

    /**
     * With a budget one call leaves alone until it has its token: those that waited for it together
     * would then arrive together, in a shorter time than the budget counts with.
     */
    private boolean mayStart() {
        return slots.isAnyFree() && (signedIn || rateLimiter.isUnlimited() || slots.held() == 0);
    }

    private void grant(CallPermit permit, Instant now, List<Runnable> verdicts) {
        slots.acquire(permit.share);
        movedAt = now;
        rateLimiter.take(now);
        health.callStarts(permit, now);
        decide(permit, Decision.GRANTED, now, verdicts);
    }

    private void wakeUpWhenNeeded(Instant now) {
        Instant next = queue.nextReady();
        Instant permit = later(rateLimiter.nextPermit(now), health.nextCall(now));
        if (queue.isAnyReady()
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

    private void arm(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING) {
            return;
        }
        permit.disarm();
        permit.deadline().ifPresent(end -> permit.alarms.add(expireAt(permit, now, end)));
        if (permit.failFast && !permit.readyAt.isAfter(now)) {
            permit.alarms.add(checkPatienceAt(permit, now, now.plus(PATIENCE)));
        }
    }

    private ScheduledFuture<?> expireAt(CallPermit permit, Instant now, Instant end) {
        return schedule(
                () -> change((at, verdicts) -> decide(permit, Decision.EXPIRED, at, verdicts)),
                now,
                end);
    }

    private ScheduledFuture<?> checkPatienceAt(CallPermit permit, Instant now, Instant moment) {
        return schedule(
                () -> change((at, verdicts) -> checkPatience(permit, at, verdicts)), now, moment);
    }

    /** Gives up when it is slots that the turn has waited for, and looks again later otherwise. */
    private void checkPatience(CallPermit permit, Instant now, List<Runnable> verdicts) {
        if (permit.state != State.WAITING || permit.readyAt.isAfter(now) || isUnderWay(permit)) {
            return;
        }
        Instant since = noFreeSlotSince == null ? now : later(noFreeSlotSince, permit.readyAt);
        Instant end = since.plus(PATIENCE);
        if (end.isAfter(now)) {
            permit.alarms.add(checkPatienceAt(permit, now, end));
        } else {
            decide(permit, Decision.OVERLOADED, now, verdicts);
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
    private static boolean isUnderWay(CallPermit permit) {
        return permit.leader != null && permit.leader.state == State.GRANTED;
    }

    private void decide(
            CallPermit permit, Decision decision, Instant now, List<Runnable> verdicts) {
        if (permit.state != State.WAITING) {
            return;
        }
        cancelled += decision == Decision.CANCELLED ? 1 : 0;
        dropped += decision == Decision.DROPPED ? 1 : 0;
        permit.outage = decision == Decision.OUTAGE ? health.outage().orElse(null) : null;
        verdicts.add(() -> delivery.deliver(permit, decision));
        State state = decision == Decision.GRANTED ? State.GRANTED : State.OVER;
        stopWaiting(permit, state, now, verdicts);
    }

    private void stopWaiting(CallPermit permit, State state, Instant now, List<Runnable> verdicts) {
        permit.state = state;
        permit.disarm();
        waiting.remove(permit);
        if (state == State.GRANTED) {
            collapser.close(permit);
        } else {
            queue.remove(permit);
            collapser.part(permit).forEach(follower -> line(follower, now, verdicts));
        }
    }
}
