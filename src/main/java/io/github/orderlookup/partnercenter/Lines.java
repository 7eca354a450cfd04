package io.github.orderlookup.partnercenter;

import io.github.orderlookup.partnercenter.Turn.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where turns wait: those that are not ready yet by the moment from which they are, the others in
 * two lines, first come, first served; the second moves while nobody stands in the first.
 *
 * <p>A turn that is decided meanwhile, or follows another, is skipped when it is met. Not
 * thread-safe; guarded by {@link CallGate}.
 */
final class Lines {

    private final Queue<Turn> later =
            new PriorityQueue<>(
                    Comparator.comparing((Turn turn) -> turn.readyAt)
                            .thenComparing(turn -> turn.number));
    private final Deque<Turn> first = new ArrayDeque<>();
    private final Deque<Turn> second = new ArrayDeque<>();

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
        return later.isEmpty() ? Instant.MAX : later.element().readyAt;
    }

    /** Takes out one that has become ready. */
    @Nullable Turn pollReady(Instant now) {
        return nextReady().isAfter(now) ? null : later.poll();
    }

    boolean isAnyReady() {
        return !first.isEmpty() || !second.isEmpty();
    }

    /** Takes out the one whose turn it is. */
    @Nullable Turn poll() {
        Turn turn = poll(first);
        return turn != null ? turn : poll(second);
    }

    private static @Nullable Turn poll(Deque<Turn> line) {
        Turn turn = line.poll();
        while (turn != null && !isWaiting(turn)) {
            turn = line.poll();
        }
        return turn;
    }

    /** Takes out the one to find out with whether an outage is over: rather one never called. */
    @Nullable Turn pollProbe() {
        Turn turn = poll(first);
        if (turn != null) {
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
        for (Queue<Turn> line : List.of(first, second, later)) {
            line.removeIf(turn -> wanted.test(turn) && removed.add(turn));
        }
        return removed;
    }
}
