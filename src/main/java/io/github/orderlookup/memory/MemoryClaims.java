package io.github.orderlookup.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The memory for the answers of the calls under way, by their {@code MS-RequestId}. Thread-safe.
 */
public final class MemoryClaims {

    private final Map<String, MemoryClaim> rooms = new ConcurrentHashMap<>();

    /** The answer of this call takes its memory there. */
    public void set(String requestId, MemoryClaim claim) {
        rooms.put(requestId, claim);
    }

    /** The call of this id is over. */
    public void remove(String requestId) {
        rooms.remove(requestId);
    }

    /** Where the answer of this call takes its memory. */
    public MemoryClaim of(String requestId) {
        MemoryClaim claim = rooms.get(requestId);
        return claim == null ? MemoryClaim.unlimited() : claim;
    }
}
