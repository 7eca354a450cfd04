package io.github.orderlookup.text;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * New GUIDs for requests and their calls. They are names, not secrets: unique, but not kept from
 * being guessed, for which {@link UUID#randomUUID()} spends a digest on each.
 *
 * <p>Thread-safe.
 */
public final class Guids {

    private static final int SEED_BYTES = 48;
    private static final long VERSION_4 = 0x4000;
    private static final long VERSION_BITS = 0xF000;
    private static final long VARIANT = 1L << 63;
    private static final RandomGenerator RANDOM =
            RandomGeneratorFactory.of("L128X256MixRandom").create(seed());

    private Guids() {}

    private static byte[] seed() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return seed;
    }

    /** A random GUID, version 4 of RFC 9562, in lower case. */
    public static String next() {
        long high;
        long low;
        synchronized (RANDOM) {
            high = RANDOM.nextLong();
            low = RANDOM.nextLong();
        }
        return new UUID((high & ~VERSION_BITS) | VERSION_4, (low >>> 2) | VARIANT).toString();
    }
}
