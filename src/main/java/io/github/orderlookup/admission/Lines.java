package io.github.orderlookup.admission;

import io.github.orderlookup.admission.Turn.State;
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
 * thread-safe; guarded by {@link CallGate}.
 */
final class Lines {

    private static final int FIRST_IN_A_ROW = 3;
    private static final Comparator<Turn> BY_PLACE = Comparator.comparingLong(turn -> turn.number);

    private final NavigableSet<Turn> later =
            new TreeSet<>(
                    Comparator.comparing((Turn turn) -> turn.readyAt).thenComparing(BY_PLACE));
    private final NavigableSet<Turn> first = new TreeSet<>(BY_PLACE);
    private final NavigableSet<Turn> second = new TreeSet<>(BY_PLACE);
    private int firstInARow;

    /** Not ready before its moment. */
    void addLater(Turn turn) {
        later.add(turn);
    }

    /** Ready: only a slot and the budget are missing. */
    void add(Turn turn) {
        (turn.first ? first : second).add(turn);
    }

    /** When the next one becomes ready; far ahead when there is none. */
    Instant nextReady() {
        return later.isEmpty() ? Instant.MAX : later.first().readyAt;
    }

    /** Takes out one that has become ready. */
    @Nullable Turn pollReady(Instant now) {
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
    @Nullable Turn poll(boolean firstMay, boolean secondMay) {
        Turn turn = secondMay && firstInARow >= FIRST_IN_A_ROW ? pollSecond() : null;
        if (turn == null && firstMay) {
            turn = pollFirst();
        }
        return turn == null && secondMay ? pollSecond() : turn;
    }

    private @Nullable Turn pollFirst() {
        Turn turn = poll(first);
        firstInARow = Math.min(FIRST_IN_A_ROW, firstInARow + (turn == null ? 0 : 1));
        return turn;
    }

    private @Nullable Turn pollSecond() {
        Turn turn = poll(second);
        firstInARow = turn == null ? firstInARow : 0;
        return turn;
    }

    private static @Nullable Turn poll(NavigableSet<Turn> line) {
        Turn turn = line.pollFirst();
        while (turn != null && !isWaiting(turn)) {
            turn = line.pollFirst();
        }
        return turn;
    }

    /** Takes out one that waits no longer. */
    void remove(Turn turn) {
        first.remove(turn);
        second.remove(turn);
        later.remove(turn);
    }

    /** Takes out the one to find out with whether an outage is over: rather one never called. */
    @Nullable Turn pollProbe(boolean firstMay, boolean secondMay) {
        Turn turn = firstMay ? poll(first) : null;
        if (turn != null || !secondMay) {
            return turn;
        }
        Turn fresh = fresh();
        return fresh != null && second.remove(fresh) ? fresh : poll(second);
    }

    /** Somebody in the second line for whom no call was made yet. */
    @Nullable Turn fresh() {
        return second.stream()
                .filter(turn -> turn.fresh && isWaiting(turn))
                .findFirst()
                .orElse(null);
    }

    private static boolean isWaiting(Turn turn) {
        return turn.state == State.WAITING && turn.leader == null;
    }

    /** Takes out those of all that are wanted. */
    List<Turn> removeIf(Predicate<Turn> wanted) {
        List<Turn> removed = new ArrayList<>();
        for (Set<Turn> line : List.of(first, second, later)) {
            line.removeIf(turn -> wanted.test(turn) && removed.add(turn));
        }
        return removed;
    }
}
