package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.LookupThreads;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Delivers the decisions of {@link CallLimiter}, each on a thread of its kind. Throws nothing: a
 * decision that fails must not keep back the next.
 *
 * <p>Where no thread can be had, the decision is delivered on the calling thread; a call is not
 * made there, but fails. Thread-safe.
 */
final class DecisionDelivery {

    private final LookupThreads threads;
    private final Consumer<CallPermit> takeBack;
    private final BiConsumer<String, Throwable> unexpected;

    /**
     * @param takeBack gives back the slot of a turn, if it holds one
     * @param unexpected notified of what a listener throws, and what it was doing
     */
    DecisionDelivery(
            LookupThreads threads,
            Consumer<CallPermit> takeBack,
            BiConsumer<String, Throwable> unexpected) {
        this.threads = threads;
        this.takeBack = takeBack;
        this.unexpected = unexpected;
    }

    void deliver(CallPermit permit, Decision decision) {
        try {
            executor(permit, decision).execute(() -> run(permit, decision));
        } catch (Throwable e) {
            permit.error = e;
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

    private void giveUp(CallPermit permit, String where, Throwable thrown) {
        try {
            takeBack.accept(permit);
        } finally {
            unexpected.accept(where, thrown);
        }
    }
}
