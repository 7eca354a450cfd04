package io.github.orderlookup.order.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names of the members of one JSON object, to find one that is given twice: a hash table of
 * where they start in the document, 11 to 21 bytes for each.
 *
 * <p>The hash is a polynomial modulo a prime, at a random point: no document can be made whose
 * names collide more often than by chance. Not thread-safe.
 */
final class MemberNames {

    private static final int SMALLEST = 16;
    private static final int CHUNK = 4;
    private static final long PRIME = (1L << 61) - 1;
    private static final long POINT = ThreadLocalRandom.current().nextLong(1L << 60, PRIME);

    private final byte[] utf8;

    /** Half a hash in the upper half, the start of the name in the lower; 0 is free. */
    private long[] slots = new long[SMALLEST];

    private int size;

    /**
     * @param utf8 the document
     */
    MemberNames(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Another object begins. */
    void clear() {
        if (slots.length > 4 * SMALLEST) {
            slots = new long[SMALLEST];
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    /**
     * Adds a name.
     *
     * @param from where it starts, 1 or more: after its quotation mark
     * @param to where it ends, exclusive
     * @return whether it is new
     */
    boolean add(int from, int to, boolean isEscaped) {
        int hash = isEscaped ? hashOfEscaped(from, to) : hash(utf8, from, to);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            if ((int) (slots[slot] >>> 32) == hash && isSame((int) slots[slot], from, to)) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = ((long) hash << 32) | from;
        if (++size > slots.length / 4 * 3) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & (slots.length - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
    }

    private boolean isSame(int otherFrom, int from, int to) {
        int otherTo = JsonText.end(utf8, otherFrom);
        return Arrays.equals(utf8, otherFrom, otherTo, utf8, from, to)
                || ((hasEscape(otherFrom, otherTo) || hasEscape(from, to))
                        && JsonText.unescaped(utf8, otherFrom, otherTo)
                                .equals(JsonText.unescaped(utf8, from, to)));
    }

    private boolean hasEscape(int from, int to) {
        for (int i = from; i < to; i++) {
            if (utf8[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private int hashOfEscaped(int from, int to) {
        byte[] plain = JsonText.unescaped(utf8, from, to).getBytes(StandardCharsets.UTF_8);
        return hash(plain, 0, plain.length);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        long chunk = 0;
        for (int i = from; i < to; i++) {
            chunk = chunk << 8 | (bytes[i] & 0xFF);
            if ((i - from) % CHUNK == CHUNK - 1) {
                hash = product(hash, POINT) + chunk;
                chunk = 0;
            }
        }
        hash = product(hash, POINT) + chunk;
        return (int) product(hash % PRIME, POINT);
    }

    /** Modulo the prime, almost: below twice of it, and the low bits depend on all bits. */
    private static long product(long a, long b) {
        long low = a * b;
        long high = Math.multiplyHigh(a, b);
        long sum = (low & PRIME) + (low >>> 61 | high << 3);
        return (sum & PRIME) + (sum >>> 61);
    }
}
