package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.State;
import io.github.orderlookup.lookup.Source.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request collapsing: permits that wait for the same order share one call. One of them leads and
 * stands in the queue, the others follow it.
 *
 * <p>Only a permit that waits can be joined; a call under way may be older than the change that
 * made the caller ask. Not thread-safe; guarded by the lock of {@link CallLimiter}.
 */
final class RequestCollapser {

    private final Map<String, CallPermit> leaders = new HashMap<>();

    /** With which permits one permit shares a call. */
    static final class Sharing {

        private @Nullable CallPermit leader;
        private final List<CallPermit> followers = new ArrayList<>(0);

        boolean isFollowing() {
            return leader != null;
        }

        /** Whether the shared call has started. */
        boolean isUnderWay() {
            return leader != null && leader.state == State.GRANTED;
        }
    }

    /**
     * Lets a permit follow one that waits for the same order; a permit that is ahead of that one
     * takes the lead instead.
     *
     * @return false when the permit has to stand in the queue itself
     */
    boolean join(CallPermit permit) {
        if (!permit.collapse) {
            return false;
        }
        CallPermit leader = leaders.get(permit.order);
        if (leader != null && !isAhead(permit, leader)) {
            follow(permit, leader);
            return true;
        }
        leaders.put(permit.order, permit);
        if (leader != null) {
            List<CallPermit> others = separate(leader);
            follow(leader, permit);
            others.forEach(other -> follow(other, permit));
        }
        return false;
    }

    private static boolean isAhead(CallPermit permit, CallPermit other) {
        if (permit.yields != other.yields) {
            return other.yields;
        }
        return permit.share == other.share
                ? permit.place < other.place
                : permit.share == Share.CALLERS;
    }

    private static void follow(CallPermit permit, CallPermit leader) {
        permit.sharing.leader = leader;
        leader.sharing.followers.add(permit);
    }

    /** The permit can be joined no longer. */
    void close(CallPermit permit) {
        leaders.remove(permit.order, permit);
    }

    /**
     * Separates a permit from those it shares a call with.
     *
     * @return those that followed it
     */
    List<CallPermit> separate(CallPermit permit) {
        close(permit);
        Sharing sharing = permit.sharing;
        if (sharing.leader != null) {
            sharing.leader.sharing.followers.remove(permit);
            sharing.leader = null;
        }
        List<CallPermit> followers = List.copyOf(sharing.followers);
        followers.forEach(follower -> follower.sharing.leader = null);
        sharing.followers.clear();
        return followers;
    }
}
