package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Source.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The permits that wait: those that are not ready yet by the moment from which they are, the others
 * by place in one queue a share. Callers go ahead of Kafka, but while permits of both are ready,
 * every fourth is one of Kafka: neither starves the other. Permits that yield, those of another
 * look at an order that moves, come after both; while others are ready, every sixteenth is one of
 * them.
 *
 * <p>A permit that is decided meanwhile, or follows another, is skipped. Not thread-safe; guarded
 * by the lock of {@link CallLimiter}.
 */
final class WaitQueue {

    private static final int CALLERS_IN_A_ROW = 3;
    private static final int OTHERS_IN_A_ROW = 15;

    private final NavigableSet<CallPermit> later =
            new TreeSet<>(
                    Comparator.comparing((CallPermit permit) -> permit.readyAt)
                            .thenComparing(Comparator.naturalOrder()));
    private final NavigableSet<CallPermit> callers = new TreeSet<>();
    private final NavigableSet<CallPermit> kafka = new TreeSet<>();
    private final NavigableSet<CallPermit> yielding = new TreeSet<>();
    private int callersInARow;
    private int othersInARow;

    /** Adds a permit that is not ready; its moment must not change before it is taken out. */
    void addLater(CallPermit permit) {
        later.add(permit);
    }

    /** Adds a permit that is ready. */
    void add(CallPermit permit) {
        queue(permit).add(permit);
    }

    private NavigableSet<CallPermit> queue(CallPermit permit) {
        if (permit.yields) {
            return yielding;
        }
        return permit.share == Share.CALLERS ? callers : kafka;
    }

    /** When the next permit becomes ready; {@link Instant#MAX} when there is none. */
    Instant nextReady() {
        return later.isEmpty() ? Instant.MAX : later.first().readyAt;
    }

    /** Takes out one that has become ready. */
    @Nullable CallPermit pollReady(Instant now) {
        return nextReady().isAfter(now) ? null : later.pollFirst();
    }

    boolean isAnyReady() {
        return !callers.isEmpty() || !kafka.isEmpty() || !yielding.isEmpty();
    }

    /**
     * Takes out the next one of those that do not yield, or one that yields when that is its turn.
     *
     * @param callersMay whether it may be one of the callers
     * @param kafkaMay whether it may be one of Kafka
     * @param yieldingMay whether it may be one that yields
     */
    @Nullable CallPermit poll(boolean callersMay, boolean kafkaMay, boolean yieldingMay) {
        CallPermit permit = yieldingMay && othersInARow >= OTHERS_IN_A_ROW ? pollYielding() : null;
        return permit == null ? pollOthers(callersMay, kafkaMay) : permit;
    }

    /** Takes out the next one that yields. */
    @Nullable CallPermit pollYielding() {
        CallPermit permit = poll(yielding);
        othersInARow = permit == null ? othersInARow : 0;
        return permit;
    }

    private @Nullable CallPermit pollOthers(boolean callersMay, boolean kafkaMay) {
        CallPermit permit = pollByShare(callersMay, kafkaMay);
        othersInARow = Math.min(OTHERS_IN_A_ROW, othersInARow + (permit == null ? 0 : 1));
        return permit;
    }

    private @Nullable CallPermit pollByShare(boolean callersMay, boolean kafkaMay) {
        CallPermit permit = kafkaMay && callersInARow >= CALLERS_IN_A_ROW ? pollKafka() : null;
        if (permit == null && callersMay) {
            permit = pollCallers();
        }
        return permit == null && kafkaMay ? pollKafka() : permit;
    }

    private @Nullable CallPermit pollCallers() {
        CallPermit permit = poll(callers);
        callersInARow = Math.min(CALLERS_IN_A_ROW, callersInARow + (permit == null ? 0 : 1));
        return permit;
    }

    private @Nullable CallPermit pollKafka() {
        CallPermit permit = poll(kafka);
        callersInARow = permit == null ? callersInARow : 0;
        return permit;
    }

    private static @Nullable CallPermit poll(NavigableSet<CallPermit> queue) {
        CallPermit permit = queue.pollFirst();
        while (permit != null && !permit.mayBeGranted()) {
            permit = queue.pollFirst();
        }
        return permit;
    }

    /** Takes out one that waits no longer. */
    void remove(CallPermit permit) {
        queue(permit).remove(permit);
        later.remove(permit);
    }

    /** Takes out the one to test with whether an outage is over: preferably one never called. */
    @Nullable CallPermit pollProbe(boolean callersMay, boolean kafkaMay, boolean yieldingMay) {
        CallPermit permit = callersMay ? poll(callers) : null;
        if (permit == null && kafkaMay) {
            permit = pollKafkaProbe();
        }
        return permit == null && yieldingMay ? poll(yielding) : permit;
    }

    private @Nullable CallPermit pollKafkaProbe() {
        CallPermit neverCalled = peekNeverCalled();
        return neverCalled != null && kafka.remove(neverCalled) ? neverCalled : poll(kafka);
    }

    /** The first permit of Kafka whose lookup has made no call; null when there is none. */
    @Nullable CallPermit peekNeverCalled() {
        return kafka.stream()
                .filter(permit -> permit.firstAttempt && permit.mayBeGranted())
                .findFirst()
                .orElse(null);
    }

    /** Takes out those that match. */
    List<CallPermit> removeIf(Predicate<CallPermit> matches) {
        List<CallPermit> removed = new ArrayList<>();
        for (Set<CallPermit> queue : List.of(callers, kafka, yielding, later)) {
            queue.removeIf(permit -> matches.test(permit) && removed.add(permit));
        }
        return removed;
    }
}
