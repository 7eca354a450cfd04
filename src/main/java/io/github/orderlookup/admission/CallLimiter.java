package io.github.orderlookup.admission;

import io.github.orderlookup.admission.Admission.Decided;
import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.lookup.RetryDecision.Outage;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.memory.ResponseMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a call to Partner Center may start; lookups of all sources wait here, without a
 * thread: for a call slot, for the rate limiter, for their back-off, for a customer whom Partner
 * Center throttles, or for the end of an outage.
 *
 * <p>Invariants: at most {@code slots} calls are under way; calls start no faster than the {@link
 * RateLimiter} allows, and one by one while the {@link CircuitBreaker} is open; each permit gets
 * exactly one decision.
 *
 * <p>Thread-safe. The lock guards {@link Admission} and {@link Capacity}, all that they own, and
 * the state of the permits; decisions are delivered outside of it.
 */
public final class CallLimiter implements UpstreamHealth, AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Capacity capacity;
    private final LookupThreads threads;
    private final BiConsumer<String, Throwable> unexpected;
    private final Admission admission;

    /**
     * @param slots calls under way at once
     * @param health how many calls may start as far as the remote is concerned
     * @param longestPause what a permit waits for the end of a pause of its customer at most
     * @param memory while a share is exhausted no call of its sources starts
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
            ResponseMemory.Shares memory,
            Clock clock,
            LookupThreads threads,
            ScheduledExecutorService timer,
            BiConsumer<String, Throwable> unexpected) {
        this.clock = clock;
        this.threads = threads;
        this.unexpected = unexpected;
        this.capacity = new Capacity(slots, memory, rateLimiter, health);
        this.admission =
                new Admission(capacity, longestPause, new Alarms(timer, this::change, unexpected));
    }

    /** Queues a permit; its decision follows, at once or later. */
    public void acquire(CallPermit permit) {
        change(now -> admission.acquire(permit, now));
    }

    /**
     * The caller of a lookup is gone: a permit that waits, or shares the call of another, is
     * decided as {@link Decision#CANCELLED}. A call under way continues.
     */
    public void cancel(CallPermit permit) {
        change(now -> admission.decide(permit, Decision.CANCELLED, now));
    }

    /**
     * The call, or the lookup, is over: takes the slot back, or removes a permit that waits without
     * a decision.
     *
     * @param result what the call brought; null when it says nothing of the service or the order
     */
    public void release(CallPermit permit, CallPermit.@Nullable Result result) {
        change(now -> admission.release(permit, result, now));
    }

    /**
     * Calls cannot start for want of a token.
     *
     * @param outage the failure of lookups; null while it is too early to call it an outage
     */
    public void suspend(@Nullable Failure outage) {
        change(now -> admission.suspend(outage, now));
    }

    /** One call may start although calls are suspended, to test whether that is over. */
    public void allowProbe() {
        change(now -> capacity.health.allowProbe());
    }

    /** A call has its token, and continues. */
    public void signedIn() {
        if (!capacity.hasSignedIn()) {
            change(now -> capacity.signedIn());
        }
    }

    /** The request of a call was sent again: both may have arrived, so both count. */
    public void callRepeated() {
        change(capacity.rateLimiter::take);
    }

    /** Memory for responses was given back. */
    public void reconsider() {
        change(now -> {});
    }

    /** There is a token again. */
    public void resume() {
        change(capacity.health::resume);
    }

    /**
     * Partner Center throttles a customer: no call for it starts before {@code pause} is over. When
     * a second customer is throttled meanwhile, no call starts at all, for at most five minutes.
     */
    public void pause(String customerId, Duration pause) {
        change(now -> admission.pause(customerId, pause, now));
    }

    @Override
    public Optional<String> outage() {
        return ask(now -> capacity.health.outage().map(Failure::detail));
    }

    @Override
    public boolean takesOneMore() {
        return ask(now -> admission.takesOneMore());
    }

    /** What is known of an outage now. */
    public Outage outageState() {
        return ask(capacity.health::outageState);
    }

    /**
     * What a permit waits for, in words; empty when it does not wait, or when nothing explains that
     * it still does.
     */
    public Optional<String> waitReason(CallPermit permit) {
        return ask(now -> Optional.ofNullable(admission.waitReason(permit, now)));
    }

    public boolean isClosed() {
        return ask(now -> admission.isClosed());
    }

    /** What waits here and what is under way. */
    public CallStats stats() {
        return ask(admission::stats);
    }

    /** Drops the permits that wait; calls under way continue, and no further call starts. */
    @Override
    public void close() {
        capacity.memory.close();
        change(admission::close);
    }

    private <T> T ask(Function<Instant, T> question) {
        lock.lock();
        try {
            return question.apply(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** What is decided is delivered even if the change throws. */
    private void change(Consumer<Instant> change) {
        List<Decided> decided = List.of();
        lock.lock();
        try {
            Instant now = clock.instant();
            change.accept(now);
            admission.advance(now);
        } finally {
            decided = admission.takeDecided();
            lock.unlock();
            decided.forEach(this::deliver);
        }
    }

    /**
     * Delivers a decision on a thread of its kind. Throws nothing: a decision that fails must not
     * keep back the next. Where no thread can be had, the decision is delivered on this one; a call
     * is not made here, but fails.
     */
    private void deliver(Decided decided) {
        CallPermit permit = decided.permit();
        Decision decision = decided.decision();
        try {
            executor(permit, decision).execute(() -> run(permit, decision));
        } catch (Throwable e) {
            giveUp(permit, "Handing a lookup over to a thread", e);
            run(permit, decision == Decision.GRANTED ? Decision.FAILED : decision);
        }
    }

    private Executor executor(CallPermit permit, Decision decision) {
        return decision == Decision.GRANTED || decision == Decision.SHARED
                ? threads.forCall(permit.source)
                : threads.forRefusal(permit.source);
    }

    private void run(CallPermit permit, Decision decision) {
        try {
            permit.listener.accept(decision);
        } catch (Throwable e) {
            giveUp(permit, "A lookup that may go on", e);
        }
    }

    /** Takes back the slot of a permit, if it holds one. */
    private void giveUp(CallPermit permit, String where, Throwable thrown) {
        try {
            change(now -> admission.fail(permit, thrown, now));
        } finally {
            unexpected.accept(where, thrown);
        }
    }
}
