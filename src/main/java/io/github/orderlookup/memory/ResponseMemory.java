package io.github.orderlookup.memory;

import io.github.orderlookup.lookup.Source.Share;
import io.github.orderlookup.order.OrderJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A share of the heap that large responses may take from the moment they are read until their
 * lookup is over. A claim that does not fit waits without a thread, first come, first served. While
 * several wait, {@code CallLimiter} starts no further call of the same share; a single large
 * response delays no call, since most responses are small and claim nothing.
 *
 * <p>Invariant: what is held exceeds the limit only if a single response does so alone. Each claim
 * that waits is granted or refused once. Thread-safe; the lock guards all mutable fields, those of
 * the claims included, and no callback runs under it.
 */
public final class ResponseMemory {

    /** Smaller bodies are not counted: as many as may be pending fit into any heap. */
    private static final int SMALL = 16 * 1024;

    /** As many responses may wait before no further call starts. */
    private static final int MOST_WAITING = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final long limit;
    private final Set<Claim> waiting = new LinkedHashSet<>();
    private long held;
    private boolean closed;

    /**
     * The memory for responses, in two independent shares: outcomes that Kafka does not accept must
     * not keep REST from answering, nor callers that do not read keep Kafka from working.
     */
    public record Shares(ResponseMemory callers, ResponseMemory kafka) {

        /** An eighth of the largest heap of this process for each share. */
        public static Shares ofThisHeap() {
            long share = Runtime.getRuntime().maxMemory() / 8;
            return new Shares(new ResponseMemory(share), new ResponseMemory(share));
        }

        public ResponseMemory of(Share share) {
            return share == Share.CALLERS ? callers : kafka;
        }

        /** Refuses the claims that wait, and those that would have to. */
        public void close() {
            callers.close();
            kafka.close();
        }
    }

    /** The memory that one lookup waits for, or holds. */
    public final class Claim {

        private long bytes;
        private final Consumer<Boolean> decided;
        private boolean granted;
        private boolean atOnce;

        private Claim(long bytes, Consumer<Boolean> decided) {
            this.bytes = bytes;
            this.decided = decided;
        }

        /** Whether it was granted at once, in which case the callback is not called. */
        public boolean isGrantedAtOnce() {
            return atOnce;
        }

        /** Whether it is granted. */
        boolean isHeld() {
            return locked(() -> granted);
        }

        long bytes() {
            return locked(() -> bytes);
        }

        /** Gives back what it holds beyond so many bytes. */
        void shrinkTo(long fewer) {
            List<Claim> fitting = List.of();
            lock.lock();
            try {
                if (granted && fewer < bytes) {
                    held -= bytes - fewer;
                    bytes = fewer;
                    fitting = takeFitting();
                }
            } finally {
                lock.unlock();
                notifyGranted(fitting);
            }
        }

        /** Gives back what it holds; one that waits is withdrawn without a callback. Idempotent. */
        public void release() {
            List<Claim> fitting = List.of();
            lock.lock();
            try {
                waiting.remove(this);
                if (granted) {
                    granted = false;
                    held -= bytes;
                }
                fitting = takeFitting();
            } finally {
                lock.unlock();
                notifyGranted(fitting);
            }
        }

        /** Refuses it, unless it is decided already. */
        void refuse() {
            boolean waited;
            lock.lock();
            try {
                waited = waiting.remove(this);
            } finally {
                lock.unlock();
            }
            if (waited) {
                decided.accept(false);
                release();
            }
        }
    }

    /**
     * @param limit in bytes of heap
     */
    public ResponseMemory(long limit) {
        this.limit = limit;
    }

    /** The heap that a body of so many bytes takes; 0 for a small one, which is not counted. */
    public static long of(int bodyBytes) {
        return bodyBytes < SMALL ? 0 : (long) bodyBytes * OrderJson.MEMORY_PER_BYTE;
    }

    /**
     * Claims so much of the memory.
     *
     * @param decided called once with whether it is granted, unless the claim {@link
     *     Claim#isGrantedAtOnce}; not after {@link Claim#release}; must not block
     */
    public Claim claim(long bytes, Consumer<Boolean> decided) {
        Claim claim = new Claim(bytes, decided);
        boolean refused;
        lock.lock();
        try {
            refused = closed;
            if (waiting.isEmpty() && fits(bytes)) {
                held += bytes;
                claim.granted = true;
                claim.atOnce = true;
                refused = false;
            } else if (!closed) {
                waiting.add(claim);
            }
        } finally {
            lock.unlock();
        }
        if (refused) {
            decided.accept(false);
        }
        return claim;
    }

    /** Under the lock. */
    private List<Claim> takeFitting() {
        List<Claim> fitting = new ArrayList<>();
        Iterator<Claim> claims = waiting.iterator();
        while (claims.hasNext()) {
            Claim claim = claims.next();
            if (!fits(claim.bytes)) {
                break;
            }
            claims.remove();
            held += claim.bytes;
            claim.granted = true;
            fitting.add(claim);
        }
        return fitting;
    }

    private static void notifyGranted(List<Claim> fitting) {
        fitting.forEach(claim -> claim.decided.accept(true));
    }

    /** Refuses the claims that wait, and those that would have to. */
    void close() {
        List<Claim> refused;
        lock.lock();
        try {
            closed = true;
            refused = List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
        refused.forEach(Claim::refuse);
    }

    private boolean fits(long bytes) {
        return held == 0 || held + bytes <= limit;
    }

    /** Whether so many responses wait that no further call should start. */
    public boolean isExhausted() {
        lock.lock();
        try {
            return waiting.size() >= MOST_WAITING;
        } finally {
            lock.unlock();
        }
    }

    /** Responses that wait for memory. */
    public int waiting() {
        return locked(() -> waiting.size());
    }

    /** How many bytes of heap may be held, except by a single response. */
    public long limit() {
        return limit;
    }

    /** Bytes of heap that are held now. */
    public long held() {
        return locked(() -> held);
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
