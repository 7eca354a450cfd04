package io.github.orderlookup.admission;

import io.github.orderlookup.admission.Admission.Decided;
import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.LookupThreads;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Delivers the decisions of {@link CallLimiter}, each on a thread of its kind. Throws nothing: a
 * decision that fails must not keep back the next.
 *
 * <p>Where no thread can be had, the decision is delivered on the calling thread; a call is not
 * made there, but fails. Thread-safe.
 */
final class DecisionDelivery {

    private final LookupThreads threads;
    private final BiConsumer<CallPermit, Throwable> failed;
    private final BiConsumer<String, Throwable> unexpected;

    /**
     * @param failed takes back the slot of a permit, if it holds one, and notes what was thrown
     * @param unexpected notified of what is thrown, and where
     */
    DecisionDelivery(
            LookupThreads threads,
            BiConsumer<CallPermit, Throwable> failed,
            BiConsumer<String, Throwable> unexpected) {
        this.threads = threads;
        this.failed = failed;
        this.unexpected = unexpected;
    }

    void deliver(Decided decided) {
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

    private void giveUp(CallPermit permit, String where, Throwable thrown) {
        try {
            failed.accept(permit, thrown);
        } finally {
            unexpected.accept(where, thrown);
        }
    }
}
