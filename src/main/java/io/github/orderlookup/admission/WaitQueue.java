package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.State;
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
 * Where turns wait: those that are not ready yet by the moment from which they are, the others in
 * two lines, first come, first served: whoever comes back to its place stands there at once. The
 * first goes ahead of the second, but while turns stand in both, every fourth that goes is one of
 * the second: a flood of one source never starves the other.
 *
 * <p>A turn that is decided meanwhile, or follows another, is skipped when it is met. Not
 * thread-safe; guarded by {@link CallLimiter}.
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

    /** Not ready before its moment. */
    void addLater(CallPermit permit) {
        later.add(permit);
    }

    /** Ready: only a slot and the budget are missing. */
    void add(CallPermit permit) {
        (permit.share == Share.CALLERS ? callers : kafka).add(permit);
    }

    /** When the next one becomes ready; far ahead when there is none. */
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
     * Takes out the one whose turn it is.
     *
     * @param callersMay whether one of the first line may go
     * @param kafkaMay whether one of the second line may go
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

    private static @Nullable CallPermit poll(NavigableSet<CallPermit> line) {
        CallPermit permit = line.pollFirst();
        while (permit != null && !isWaiting(permit)) {
            permit = line.pollFirst();
        }
        return permit;
    }

    /** Takes out one that waits no longer. */
    void remove(CallPermit permit) {
        callers.remove(permit);
        kafka.remove(permit);
        later.remove(permit);
    }

    /** Takes out the one to find out with whether an outage is over: rather one never called. */
    @Nullable CallPermit pollProbe(boolean callersMay, boolean kafkaMay) {
        CallPermit permit = callersMay ? poll(callers) : null;
        if (permit != null || !kafkaMay) {
            return permit;
        }
        CallPermit fresh = fresh();
        return fresh != null && kafka.remove(fresh) ? fresh : poll(kafka);
    }

    /** Somebody in the second line for whom no call was made yet. */
    @Nullable CallPermit fresh() {
        return kafka.stream()
                .filter(permit -> permit.firstAttempt && isWaiting(permit))
                .findFirst()
                .orElse(null);
    }

    private static boolean isWaiting(CallPermit permit) {
        return permit.state == State.WAITING && permit.leader == null;
    }

    /** Takes out those of all that are wanted. */
    List<CallPermit> removeIf(Predicate<CallPermit> wanted) {
        List<CallPermit> removed = new ArrayList<>();
        for (Set<CallPermit> line : List.of(callers, kafka, later)) {
            line.removeIf(permit -> wanted.test(permit) && removed.add(permit));
        }
        return removed;
    }
}
