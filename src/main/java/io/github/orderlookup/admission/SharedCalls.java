package io.github.orderlookup.admission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which turns wait for the same order, so that one call serves them all: one leads and stands in
 * line, the others follow it.
 *
 * <p>Only a turn that waits can be joined; a call that has left may be older than the change that
 * made the caller ask. Not thread-safe; guarded by {@link CallGate}.
 */
final class SharedCalls {

    private final Map<String, Turn> leaders = new HashMap<>();

    /**
     * Lets the turn follow one that waits for the same order; a turn whose place is ahead of that
     * one takes the lead instead.
     *
     * @return false when the turn has to stand in line itself
     */
    boolean join(Turn turn) {
        if (!turn.collapse) {
            return false;
        }
        Turn leader = leaders.get(turn.asked);
        if (leader != null && !isAhead(turn, leader)) {
            follow(turn, leader);
            return true;
        }
        leaders.put(turn.asked, turn);
        if (leader != null) {
            List<Turn> others = part(leader);
            follow(leader, turn);
            others.forEach(other -> follow(other, turn));
        }
        return false;
    }

    private static boolean isAhead(Turn turn, Turn other) {
        return turn.first == other.first ? turn.number < other.number : turn.first;
    }

    private static void follow(Turn turn, Turn leader) {
        turn.leader = leader;
        leader.followers.add(turn);
    }

    /** The turn can be joined no longer. */
    void close(Turn turn) {
        leaders.remove(turn.asked, turn);
    }

    /**
     * Separates a turn from those it shares a call with.
     *
     * @return those that followed it and are on their own now
     */
    List<Turn> part(Turn turn) {
        close(turn);
        if (turn.leader != null) {
            turn.leader.followers.remove(turn);
            turn.leader = null;
        }
        List<Turn> followers = List.copyOf(turn.followers);
        followers.forEach(follower -> follower.leader = null);
        turn.followers.clear();
        return followers;
    }
}
