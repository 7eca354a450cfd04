package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.admission.CallPermit.Result;
import io.github.orderlookup.admission.CallPermit.State;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Source.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of {@link CallLimiter}: which permits wait, which are granted, and which is next. It is
 * the only class that writes the state of a permit.
 *
 * <p>Not thread-safe; guarded by the lock of {@link CallLimiter}, which calls {@link #advance}
 * after each change and delivers what {@link #takeDecided} returns. Over 250 lines, since grants,
 * expiry and outages change the same permits.
 */
final class Admission {

    /** How long a permit that fails fast waits while no slot is free. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Calls that wait for a permit see another start or end within this time. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final Capacity capacity;
    private final Health health;
    private final Duration longestPause;
    private final Alarms alarms;

    private final WaitQueue queue = new WaitQueue();
    private final Set<CallPermit> waiting = new LinkedHashSet<>();
    private final CustomerThrottle throttle = new CustomerThrottle();
    private final RequestCollapser collapser = new RequestCollapser();
    private List<Decided> decided = new ArrayList<>(2);
    private @Nullable Instant noFreeSlotSince;
    private long places;
    private long cancelled;
    private long dropped;
    private boolean closed;

    /** A decision to be delivered. */
    record Decided(CallPermit permit, Decision decision) {}

    Admission(Capacity capacity, Duration longestPause, Alarms alarms) {
        this.capacity = capacity;
        this.health = capacity.health;
        this.longestPause = longestPause;
        this.alarms = alarms;
    }

    void acquire(CallPermit permit, Instant now) {
        if (permit.state == State.WAITING) {
            permit.place = permit.place < 0 ? places++ : permit.place;
            permit.outagesBefore = health.outages();
            capacity.slots.waits(permit.share, now);
            waiting.add(permit);
            enqueue(permit, now);
            arm(permit, now);
        }
    }

    void release(CallPermit permit, @Nullable Result result, Instant now) {
        if (permit.state == State.WAITING) {
            stopWaiting(permit, State.OVER, now);
        } else {
            endCall(permit, result, now);
        }
    }

    /** The lookup of a permit could not continue: no call is made. */
    void fail(CallPermit permit, Throwable error, Instant now) {
        permit.error = error;
        endCall(permit, null, now);
    }

    private void endCall(CallPermit permit, @Nullable Result result, Instant now) {
        if (permit.state == State.GRANTED) {
            permit.state = State.OVER;
            capacity.end(permit.share, now);
            share(permit, result, now);
            if (health.callEnds(Objects.requireNonNull(permit.call), result, now)) {
                outageBegins(now);
            }
        }
    }

    /** Hands the result of a call to those that share it; without one they make their own. */
    private void share(CallPermit permit, @Nullable Result result, Instant now) {
        for (CallPermit follower : collapser.separate(permit)) {
            follower.shared = result;
            if (result == null) {
                enqueue(follower, now);
            } else {
                decide(follower, Decision.SHARED, now);
            }
        }
    }

    void suspend(@Nullable Failure outage, Instant now) {
        if (health.suspend(outage)) {
            outageBegins(now);
        }
    }

    /** Fails the waiting lookups that do not wait for an outage to end. */
    private void outageBegins(Instant now) {
        decideAll(Decision.OUTAGE, permit -> !permit.source.waitsForOutageEnd(), now);
    }

    boolean takesOneMore() {
        return health.isProbing() && queue.peekNeverCalled() == null;
    }

    boolean isClosed() {
        return closed;
    }

    void close(Instant now) {
        closed = true;
        decideAll(Decision.DROPPED, permit -> true, now);
    }

    /** Decides all waiting permits of a kind but those whose shared call is under way. */
    private void decideAll(Decision decision, Predicate<CallPermit> which, Instant now) {
        List.copyOf(waiting).stream()
                .filter(permit -> which.test(permit) && !permit.sharing.isUnderWay())
                .forEach(permit -> decide(permit, decision, now));
    }

    void pause(String customerId, Duration pause, Instant now) {
        capacity.rateLimiter.throttled(now);
        throttle.add(customerId, now, pause);
        List<CallPermit> paused =
                queue.removeIf(permit -> readyAt(permit, now).isAfter(later(permit.readyAt, now)));
        paused.removeIf(permit -> !permit.mayBeGranted());
        for (CallPermit permit : paused) {
            List<CallPermit> followers = collapser.separate(permit);
            enqueue(permit, now);
            arm(permit, now);
            followers.forEach(follower -> enqueue(follower, now));
        }
    }

    /** The earliest moment at which only a slot and the rate limiter keep a permit waiting. */
    private Instant readyAt(CallPermit permit, Instant now) {
        return later(later(now, permit.notBefore), throttle.end(permit.customerId));
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Puts a permit where it waits, unless it need not wait. */
    private void enqueue(CallPermit permit, Instant now) {
        permit.readyAt = readyAt(permit, now);
        Decision refusal =
                refusal(permit, later(permit.readyAt, capacity.rateLimiter.nextPermit(now)), now);
        if (refusal != null) {
            decide(permit, refusal, now);
        } else if (permit.readyAt.isAfter(now)) {
            queue.addLater(permit);
        } else if (!collapser.join(permit)) {
            queue.add(permit);
        }
    }

    /**
     * The decision of a permit that would wait in vain.
     *
     * @param next the earliest moment for its call
     * @return null when it may wait
     */
    private @Nullable Decision refusal(CallPermit permit, Instant next, Instant now) {
        if (closed) {
            return Decision.DROPPED;
        }
        if (isPausedForTooLong(permit, now)) {
            return Decision.PAUSED;
        }
        if (permit.deadline != null && permit.deadline.isBefore(next)) {
            return Decision.EXPIRED;
        }
        boolean outage = !permit.source.waitsForOutageEnd() && health.isOutage();
        return outage && !isProbe(permit, next, now) ? Decision.OUTAGE : null;
    }

    /** Whether pauses of its customer delay a permit for longer than it may wait for that. */
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

    /** Whether the call of a permit starts at once and tests whether an outage is over. */
    private boolean isProbe(CallPermit permit, Instant next, Instant now) {
        return !next.isAfter(now) && capacity.hasPlace(permit.share, now) && health.mayCall(now);
    }

    /** Grants what can be granted now and sets the alarm for what can be granted later. */
    void advance(Instant now) {
        for (CallPermit permit = queue.pollReady(now);
                permit != null;
                permit = queue.pollReady(now)) {
            if (permit.state == State.WAITING) {
                enqueue(permit, now);
                arm(permit, now);
            }
        }
        for (CallPermit permit = next(now); permit != null; permit = next(now)) {
            permit.call = capacity.start(permit, now);
            decide(permit, Decision.GRANTED, now);
        }
        if (capacity.hasPlace(Share.CALLERS, now)) {
            noFreeSlotSince = null;
        } else if (noFreeSlotSince == null) {
            noFreeSlotSince = now;
        }
        alarms.wakeUpAt(nextChange(now), now);
    }

    /** Takes out the permit to be granted next; null when no call may start now. */
    private @Nullable CallPermit next(Instant now) {
        if (!capacity.mayStart(now)) {
            return null;
        }
        boolean callersMay = capacity.hasPlace(Share.CALLERS, now);
        boolean kafkaMay = capacity.hasPlace(Share.KAFKA, now);
        return health.isProbing()
                ? queue.pollProbe(callersMay, kafkaMay)
                : queue.poll(callersMay, kafkaMay);
    }

    /** When a permit can be granted, or becomes ready, by the passing of time alone. */
    private Instant nextChange(Instant now) {
        Instant ready = queue.nextReady();
        Instant start = capacity.nextStart(now);
        boolean waits = queue.isAnyReady() && capacity.slots.isAnyFree() && start.isAfter(now);
        return waits && start.isBefore(ready) ? start : ready;
    }

    private void arm(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING) {
            return;
        }
        alarms.cancel(permit);
        if (permit.deadline != null) {
            alarms.add(permit, permit.deadline, now, at -> decide(permit, Decision.EXPIRED, at));
        }
        if (permit.failFast && !permit.readyAt.isAfter(now)) {
            alarms.add(permit, now.plus(PATIENCE), now, at -> checkPatience(permit, at));
        }
    }

    /** Gives up when the permit has waited for a slot, and checks again later otherwise. */
    private void checkPatience(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING
                || permit.readyAt.isAfter(now)
                || permit.sharing.isUnderWay()) {
            return;
        }
        Instant since = noFreeSlotSince == null ? now : later(noFreeSlotSince, permit.readyAt);
        Instant end = since.plus(PATIENCE);
        if (end.isAfter(now)) {
            alarms.add(permit, end, now, at -> checkPatience(permit, at));
        } else {
            decide(permit, Decision.OVERLOADED, now);
        }
    }

    void decide(CallPermit permit, Decision decision, Instant now) {
        if (permit.state != State.WAITING) {
            return;
        }
        cancelled += decision == Decision.CANCELLED ? 1 : 0;
        dropped += decision == Decision.DROPPED ? 1 : 0;
        permit.outage = decision == Decision.OUTAGE ? health.outage().orElse(null) : null;
        decided.add(new Decided(permit, decision));
        stopWaiting(permit, decision == Decision.GRANTED ? State.GRANTED : State.OVER, now);
    }

    private void stopWaiting(CallPermit permit, State state, Instant now) {
        permit.state = state;
        alarms.cancel(permit);
        waiting.remove(permit);
        if (state == State.GRANTED) {
            collapser.close(permit);
        } else {
            queue.remove(permit);
            collapser.separate(permit).forEach(follower -> enqueue(follower, now));
        }
    }

    /** The decisions since the last call of this method. */
    List<Decided> takeDecided() {
        if (decided.isEmpty()) {
            return List.of();
        }
        List<Decided> taken = decided;
        decided = new ArrayList<>(2);
        return taken;
    }

    /**
     * What a permit waits for, in words; null when it does not wait, when the call that it shares
     * is under way, or when nothing explains its wait: it is ready, and no call has started or
     * ended for minutes.
     */
    @Nullable String waitReason(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING || permit.sharing.isUnderWay()) {
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
        Instant since = later(permit.readyAt, capacity.lastStartOrEnd());
        return since.plus(STANDSTILL).isAfter(now) ? "a permit to call" : null;
    }

    CallStats stats(Instant now) {
        return new CallStats(
                capacity.slots.held(),
                waiting.size(),
                capacity.rateLimiter.rate(now),
                throttle.count(),
                throttle.customers(now),
                throttle.isForAll(now),
                health.state(),
                cancelled,
                dropped,
                CallStats.Memory.of(capacity.memory));
    }
}
