package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.Source.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which turns wait for the same order, so that one call serves them all: one leads and stands in
 * line, the others follow it.
 *
 * <p>Only a turn that waits can be joined; a call that has left may be older than the change that
 * made the caller ask. Not thread-safe; guarded by {@link CallLimiter}.
 */
final class RequestCollapser {

    private final Map<String, CallPermit> leaders = new HashMap<>();

    /**
     * Lets the turn follow one that waits for the same order; a turn whose place is ahead of that
     * one takes the lead instead.
     *
     * @return false when the turn has to stand in line itself
     */
    boolean join(CallPermit permit) {
        if (!permit.collapse) {
            return false;
        }
        CallPermit leader = leaders.get(permit.asked);
        if (leader != null && !isAhead(permit, leader)) {
            follow(permit, leader);
            return true;
        }
        leaders.put(permit.asked, permit);
        if (leader != null) {
            List<CallPermit> others = part(leader);
            follow(leader, permit);
            others.forEach(other -> follow(other, permit));
        }
        return false;
    }

    private static boolean isAhead(CallPermit permit, CallPermit other) {
        return permit.share == other.share
                ? permit.number < other.number
                : permit.share == Share.CALLERS;
    }

    private static void follow(CallPermit permit, CallPermit leader) {
        permit.leader = leader;
        leader.followers.add(permit);
    }

    /** The turn can be joined no longer. */
    void close(CallPermit permit) {
        leaders.remove(permit.asked, permit);
    }

    /**
     * Separates a turn from those it shares a call with.
     *
     * @return those that followed it and are on their own now
     */
    List<CallPermit> part(CallPermit permit) {
        close(permit);
        if (permit.leader != null) {
            permit.leader.followers.remove(permit);
            permit.leader = null;
        }
        List<CallPermit> followers = List.copyOf(permit.followers);
        followers.forEach(follower -> follower.leader = null);
        permit.followers.clear();
        return followers;
    }
}
