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
 * after each change and delivers what {@link #takeDecided} returns. One class, since grants,
 * expiry, pauses and outages change the same permits under that lock.
 */
final class Admission {

    private final Capacity capacity;
    private final Health health;
    private final Alarms alarms;

    private final WaitQueue queue = new WaitQueue();
    private final Set<CallPermit> waiting = new LinkedHashSet<>();
    private final CustomerThrottle throttle = new CustomerThrottle();
    private final WaitRules rules;
    private final RequestCollapser collapser = new RequestCollapser();
    private List<Decided> decided = new ArrayList<>(2);
    private long places;
    private long cancelled;
    private long dropped;
    private boolean closed;

    /** A decision to be delivered. */
    record Decided(CallPermit permit, Decision decision) {}

    Admission(Capacity capacity, Duration longestPause, Alarms alarms) {
        this.capacity = capacity;
        this.health = capacity.health;
        this.rules = new WaitRules(capacity, throttle, longestPause);
        this.alarms = alarms;
    }

    void acquire(CallPermit permit, Instant now) {
        if (permit.state == State.WAITING) {
            permit.place = permit.place < 0 ? places++ : permit.place;
            permit.outagesBefore = health.outages();
            if (!permit.yields) {
                capacity.waits(permit.share, now);
            }
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
            capacity.end(permit, now);
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
                queue.removeIf(
                        permit -> rules.readyAt(permit, now).isAfter(later(permit.readyAt, now)));
        paused.removeIf(permit -> !permit.mayBeGranted());
        for (CallPermit permit : paused) {
            List<CallPermit> followers = collapser.separate(permit);
            enqueue(permit, now);
            arm(permit, now);
            followers.forEach(follower -> enqueue(follower, now));
        }
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Puts a permit where it waits, unless it need not wait. */
    private void enqueue(CallPermit permit, Instant now) {
        permit.readyAt = rules.readyAt(permit, now);
        notePause(permit, now);
        Decision refusal = closed ? Decision.DROPPED : rules.refusal(permit, now);
        if (refusal != null) {
            decide(permit, refusal, now);
        } else if (permit.readyAt.isAfter(now)) {
            queue.addLater(permit);
        } else if (!collapser.join(permit)) {
            queue.add(permit);
        }
    }

    private void notePause(CallPermit permit, Instant now) {
        Instant end = throttle.endOf(permit.customerId);
        if (end.isAfter(now)) {
            permit.pausedUntil = end;
            permit.pausedSince = permit.pausedSince == null ? now : permit.pausedSince;
        }
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
        rules.noteSlots(now);
        alarms.wakeUpAt(nextChange(now), now);
    }

    /** Takes out the permit to be granted next; null when no call may start now. */
    private @Nullable CallPermit next(Instant now) {
        if (!capacity.mayStart(now)) {
            return null;
        }
        boolean callersMay = capacity.hasPlace(Share.CALLERS, now);
        boolean kafkaMay = capacity.hasPlace(Share.KAFKA, now);
        boolean yieldingMay = callersMay && kafkaMay && capacity.hasPlaceForYielding();
        if (health.isProbing()) {
            return queue.pollProbe(callersMay, kafkaMay, yieldingMay);
        }
        CallPermit permit = queue.poll(callersMay, kafkaMay, yieldingMay);
        boolean spare = !capacity.nextStartThatYields(now).isAfter(now);
        return permit == null && yieldingMay && spare ? queue.pollYielding() : permit;
    }

    /** When a permit can be granted, or becomes ready, by the passing of time alone. */
    private Instant nextChange(Instant now) {
        Instant ready = queue.nextReady();
        Instant start = capacity.nextStart(now);
        if (!start.isAfter(now)) {
            start = capacity.nextStartThatYields(now);
        }
        boolean waits = queue.isAnyReady() && capacity.isAnySlotFree() && start.isAfter(now);
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
            alarms.add(permit, now.plus(WaitRules.PATIENCE), now, at -> checkPatience(permit, at));
        }
    }

    /** Gives up when the permit has waited for a slot, and checks again later otherwise. */
    private void checkPatience(CallPermit permit, Instant now) {
        if (permit.state != State.WAITING
                || permit.readyAt.isAfter(now)
                || permit.sharing.isUnderWay()) {
            return;
        }
        Instant end = rules.endOfPatience(permit, now);
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

    /** See {@link WaitRules#waitReason}. */
    @Nullable String waitReason(CallPermit permit, Instant now) {
        return rules.waitReason(permit, now);
    }

    CallStats stats(Instant now) {
        return new CallStats(
                capacity.held(),
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
