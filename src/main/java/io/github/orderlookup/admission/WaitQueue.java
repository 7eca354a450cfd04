package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.State;
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

    private static final int FIRST_IN_A_ROW = 3;

    private final NavigableSet<CallPermit> later =
            new TreeSet<>(
                    Comparator.comparing((CallPermit permit) -> permit.readyAt)
                            .thenComparing(Comparator.naturalOrder()));
    private final NavigableSet<CallPermit> first = new TreeSet<>();
    private final NavigableSet<CallPermit> second = new TreeSet<>();
    private int firstInARow;

    /** Not ready before its moment. */
    void addLater(CallPermit permit) {
        later.add(permit);
    }

    /** Ready: only a slot and the budget are missing. */
    void add(CallPermit permit) {
        (permit.priority ? first : second).add(permit);
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
        return !first.isEmpty() || !second.isEmpty();
    }

    /**
     * Takes out the one whose turn it is.
     *
     * @param firstMay whether one of the first line may go
     * @param secondMay whether one of the second line may go
     */
    @Nullable CallPermit poll(boolean firstMay, boolean secondMay) {
        CallPermit permit = secondMay && firstInARow >= FIRST_IN_A_ROW ? pollSecond() : null;
        if (permit == null && firstMay) {
            permit = pollFirst();
        }
        return permit == null && secondMay ? pollSecond() : permit;
    }

    private @Nullable CallPermit pollFirst() {
        CallPermit permit = poll(first);
        firstInARow = Math.min(FIRST_IN_A_ROW, firstInARow + (permit == null ? 0 : 1));
        return permit;
    }

    private @Nullable CallPermit pollSecond() {
        CallPermit permit = poll(second);
        firstInARow = permit == null ? firstInARow : 0;
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
        first.remove(permit);
        second.remove(permit);
        later.remove(permit);
    }

    /** Takes out the one to find out with whether an outage is over: rather one never called. */
    @Nullable CallPermit pollProbe(boolean firstMay, boolean secondMay) {
        CallPermit permit = firstMay ? poll(first) : null;
        if (permit != null || !secondMay) {
            return permit;
        }
        CallPermit fresh = fresh();
        return fresh != null && second.remove(fresh) ? fresh : poll(second);
    }

    /** Somebody in the second line for whom no call was made yet. */
    @Nullable CallPermit fresh() {
        return second.stream()
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
        for (Set<CallPermit> line : List.of(first, second, later)) {
            line.removeIf(permit -> wanted.test(permit) && removed.add(permit));
        }
        return removed;
    }
}
