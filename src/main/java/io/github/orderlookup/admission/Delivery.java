package io.github.orderlookup.admission;

import io.github.orderlookup.admission.Turn.Verdict;
import io.github.orderlookup.lookup.LookupThreads;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Delivers the decisions of {@link CallGate}, each on a thread of its kind. Throws nothing: a
 * decision that fails must not keep back the next.
 *
 * <p>Where no thread can be had, the decision is delivered on the calling thread; a call is not
 * made there, but fails. Thread-safe.
 */
final class Delivery {

    private final LookupThreads threads;
    private final Consumer<Turn> takeBack;
    private final BiConsumer<String, Throwable> unexpected;

    /**
     * @param takeBack gives back the slot of a turn, if it holds one
     * @param unexpected notified of what a listener throws, and what it was doing
     */
    Delivery(
            LookupThreads threads,
            Consumer<Turn> takeBack,
            BiConsumer<String, Throwable> unexpected) {
        this.threads = threads;
        this.takeBack = takeBack;
        this.unexpected = unexpected;
    }

    void deliver(Turn turn, Verdict verdict) {
        try {
            executor(turn, verdict).execute(() -> run(turn, verdict));
        } catch (Throwable e) {
            turn.error = e;
            giveUp(turn, "Handing a lookup over to a thread", e);
            run(turn, verdict == Verdict.GRANTED ? Verdict.FAILED : verdict);
        }
    }

    private Executor executor(Turn turn, Verdict verdict) {
        return verdict == Verdict.GRANTED || verdict == Verdict.SHARED
                ? threads.forCall(turn.door)
                : threads.forRefusal(turn.door);
    }

    private void run(Turn turn, Verdict verdict) {
        try {
            turn.verdict.accept(verdict);
        } catch (Throwable e) {
            giveUp(turn, "A lookup that may go on", e);
        }
    }

    private void giveUp(Turn turn, String where, Throwable thrown) {
        try {
            takeBack.accept(turn);
        } finally {
            unexpected.accept(where, thrown);
        }
    }
}
