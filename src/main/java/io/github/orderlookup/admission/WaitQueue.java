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
 * every fourth is one of Kafka: neither starves the other.
 *
 * <p>A permit that is decided meanwhile, or follows another, is skipped. Not thread-safe; guarded
 * by the lock of {@link CallLimiter}.
 */
final class WaitQueue {

    private static final int CALLERS_IN_A_ROW = 3;

    private final NavigableSet<CallPermit> later =
            new TreeSet<>(
                    Comparator.comparing((CallPermit permit) -> permit.readyAt)
                            .thenComparing(Comparator.naturalOrder()));
    private final NavigableSet<CallPermit> callers = new TreeSet<>();
    private final NavigableSet<CallPermit> kafka = new TreeSet<>();
    private int callersInARow;

    /** Adds a permit that is not ready; its moment must not change before it is taken out. */
    void addLater(CallPermit permit) {
        later.add(permit);
    }

    /** Adds a permit that is ready. */
    void add(CallPermit permit) {
        (permit.share == Share.CALLERS ? callers : kafka).add(permit);
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
        return !callers.isEmpty() || !kafka.isEmpty();
    }

    /**
     * Takes out the next one.
     *
     * @param callersMay whether it may be one of the callers
     * @param kafkaMay whether it may be one of Kafka
     */
    @Nullable CallPermit poll(boolean callersMay, boolean kafkaMay) {
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
        callers.remove(permit);
        kafka.remove(permit);
        later.remove(permit);
    }

    /** Takes out the one to test with whether an outage is over: preferably one never called. */
    @Nullable CallPermit pollProbe(boolean callersMay, boolean kafkaMay) {
        CallPermit permit = callersMay ? poll(callers) : null;
        if (permit != null || !kafkaMay) {
            return permit;
        }
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
        for (Set<CallPermit> queue : List.of(callers, kafka, later)) {
            queue.removeIf(permit -> matches.test(permit) && removed.add(permit));
        }
        return removed;
    }
}
