package io.github.orderlookup.text;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GUIDs: their format, and new ones for requests and their calls. New ones are unique, but can be
 * guessed, which {@link UUID#randomUUID()} prevents at the expense of a digest each.
 *
 * <p>Thread-safe.
 */
public final class Guids {

    private static final Pattern FORMAT =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

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

    /** Whether a text is 32 hexadecimal digits, in any case, in groups of 8-4-4-4-12. */
    public static boolean isGuid(String text) {
        return FORMAT.matcher(text).matches();
    }

    /**
     * The id that ties a request, its calls and its outcome together, a GUID as Partner Center
     * wants it: the caller's if it is one; otherwise a new one.
     */
    public static String correlationId(@Nullable String given) {
        return given != null && isGuid(given) ? given : next();
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
