package io.github.orderlookup.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The memory for the answers of the calls under way, by their {@code MS-RequestId}. Thread-safe.
 */
public final class AnswerRooms {

    private final Map<String, AnswerRoom> rooms = new ConcurrentHashMap<>();

    /** The answer of this call takes its memory there. */
    public void set(String requestId, AnswerRoom room) {
        rooms.put(requestId, room);
    }

    /** The call of this id is over. */
    public void remove(String requestId) {
        rooms.remove(requestId);
    }

    /** Where the answer of this call takes its memory. */
    public AnswerRoom of(String requestId) {
        AnswerRoom room = rooms.get(requestId);
        return room == null ? AnswerRoom.unlimited() : room;
    }
}
