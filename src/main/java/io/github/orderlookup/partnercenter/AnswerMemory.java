package io.github.orderlookup.partnercenter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The share of the heap that large answers may take from the moment they are read until their
 * lookup is over. Who finds no room waits without a thread, in the order of asking, and meanwhile
 * {@link CallGate} lets no further call leave.
 *
 * <p>Invariant: what is held never exceeds the limit, unless a single answer does that alone.
 * Thread-safe.
 */
final class AnswerMemory {

    /** What a byte of an answer comes to while the document is a tree of objects: a rough mean. */
    private static final int BYTES_PER_BYTE = 16;

    /** So many small ones as may be pending fit into any heap. */
    private static final int SMALL = 16 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final long limit;
    private final Queue<Claim> waiting = new ArrayDeque<>();
    private long held;

    /** An answer for which there is no room yet. */
    private record Claim(long bytes, Runnable granted) {}

    /**
     * @param limit in bytes of heap
     */
    AnswerMemory(long limit) {
        this.limit = limit;
    }

    /** A quarter of the largest heap that this process may have. */
    static AnswerMemory ofThisHeap() {
        return new AnswerMemory(Runtime.getRuntime().maxMemory() / 4);
    }

    /** What an answer of so many bytes takes; 0 for a small one, which is not counted. */
    static long of(int bodyBytes) {
        return bodyBytes < SMALL ? 0 : (long) bodyBytes * BYTES_PER_BYTE;
    }

    /**
     * Takes so much of the memory, now or later.
     *
     * @param granted run once there is room, unless there is room at once
     * @return whether there is room at once
     */
    boolean take(long bytes, Runnable granted) {
        lock.lock();
        try {
            if (waiting.isEmpty() && fits(bytes)) {
                held += bytes;
                return true;
            }
            waiting.add(new Claim(bytes, granted));
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Gives so much of the memory back. */
    void giveBack(long bytes) {
        List<Claim> fitting = new ArrayList<>();
        lock.lock();
        try {
            held -= bytes;
            while (!waiting.isEmpty() && fits(waiting.element().bytes())) {
                Claim claim = waiting.remove();
                held += claim.bytes();
                fitting.add(claim);
            }
        } finally {
            lock.unlock();
        }
        fitting.forEach(claim -> claim.granted().run());
    }

    private boolean fits(long bytes) {
        return held == 0 || held + bytes <= limit;
    }

    /** Whether an answer waits for room. */
    boolean isExhausted() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
