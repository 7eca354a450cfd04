package io.github.orderlookup.memory;

import io.github.orderlookup.memory.ResponseMemory.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one response, claimed before the response is read and held until its lookup is
 * over.
 *
 * <p>A response that announces its length claims what that takes; one that does not claims in two
 * steps, the second of which is the maximum, and gives back the rest at its end. Large responses
 * that do not fit wait before they are read, their bytes with the remote. Thread-safe; the lock
 * guards all mutable fields.
 */
public final class MemoryClaim {

    /** How long reading a response waits for memory; the call holds its slot meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Smaller ones claim nothing. */
    private static final int SMALL = 16 * 1024 - 1;

    private static final int MEDIUM = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final ResponseMemory memory;
    private @Nullable Claim claim;
    private boolean released;

    public MemoryClaim(ResponseMemory memory) {
        this.memory = memory;
    }

    /** A claim on unlimited memory. */
    public static MemoryClaim unlimited() {
        return new MemoryClaim(new ResponseMemory(Long.MAX_VALUE));
    }

    /**
     * Reads to the end of the content.
     *
     * @param announced how long it is said to be; zero or less when nothing is said
     * @param most the most bytes that are read; an answer may be longer
     * @throws NoMemoryException when there is no memory for it
     */
    public byte[] read(InputStream content, long announced, int most) throws IOException {
        boolean known = announced > 0 && announced <= most;
        int size = known ? (int) announced : Math.min(SMALL, most);
        claim(size);
        byte[] read = known ? array(content, size) : content.readNBytes(size);
        while (read.length == size && size < most) {
            int next = content.read();
            if (next < 0) {
                return read;
            }
            size = Math.min(most, size < MEDIUM ? MEDIUM : most);
            claim(size);
            read = extended(read, next, content, size);
        }
        return read;
    }

    private static byte[] array(InputStream content, int size) throws IOException {
        byte[] read = new byte[size];
        return cut(read, content.readNBytes(read, 0, size));
    }

    private static byte[] extended(byte[] begun, int next, InputStream content, int size)
            throws IOException {
        byte[] read = Arrays.copyOf(begun, size);
        read[begun.length] = (byte) next;
        int from = begun.length + 1;
        return cut(read, from + content.readNBytes(read, from, size - from));
    }

    private static byte[] cut(byte[] read, int length) {
        return length == read.length ? read : Arrays.copyOf(read, length);
    }

    /** Whether the claim suffices to read a body of so many bytes as an Order. */
    public boolean covers(int bodyBytes) {
        lock.lock();
        try {
            return claim != null && claim.bytes() >= ResponseMemory.of(bodyBytes);
        } finally {
            lock.unlock();
        }
    }

    /** The response is complete: gives back what was claimed too much. */
    public void settle(int bodyBytes) {
        lock.lock();
        try {
            if (claim != null) {
                claim.shrinkTo(ResponseMemory.of(bodyBytes));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives everything back, for good. Idempotent.
     *
     * @return whether there was anything
     */
    public boolean release() {
        lock.lock();
        try {
            released = true;
            return giveBack();
        } finally {
            lock.unlock();
        }
    }

    private boolean giveBack() {
        lock.lock();
        try {
            Claim given = claim;
            claim = null;
            if (given != null) {
                given.release();
            }
            return given != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives back what it holds before it waits for more: two claims that kept it would wait for
     * each other.
     */
    private void claim(int bodyBytes) throws IOException {
        long bytes = ResponseMemory.of(bodyBytes);
        if (bytes == 0 || covers(bodyBytes)) {
            return;
        }
        giveBack();
        CountDownLatch decided = new CountDownLatch(1);
        Claim asked = memory.claim(bytes, granted -> decided.countDown());
        boolean granted = asked.isGrantedAtOnce() || await(asked, decided);
        if (!granted) {
            throw new NoMemoryException();
        }
        hold(asked);
    }

    private void hold(Claim granted) {
        lock.lock();
        try {
            claim = granted;
            if (released) {
                giveBack();
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean await(Claim asked, CountDownLatch decided) throws IOException {
        try {
            if (decided.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS) && asked.isHeld()) {
                return true;
            }
        } catch (InterruptedException e) {
            asked.release();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for memory");
        }
        asked.release();
        return false;
    }
}
