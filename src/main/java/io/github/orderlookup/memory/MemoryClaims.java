package io.github.orderlookup.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The memory claims of the calls under way, by their {@code MS-RequestId}. Thread-safe. */
public final class MemoryClaims {

    private final Map<String, MemoryClaim> claims = new ConcurrentHashMap<>();

    /** Sets the claim of a call. */
    public void set(String requestId, MemoryClaim claim) {
        claims.put(requestId, claim);
    }

    /** Forgets a call that is over. */
    public void remove(String requestId) {
        claims.remove(requestId);
    }

    /** The claim of a call; an unlimited one if it has none. */
    public MemoryClaim of(String requestId) {
        MemoryClaim claim = claims.get(requestId);
        return claim == null ? MemoryClaim.unlimited() : claim;
    }
}
