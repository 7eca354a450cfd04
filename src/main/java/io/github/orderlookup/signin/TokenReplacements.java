package io.github.orderlookup.signin;

import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * When a token that the API refused is replaced: the first at once, then no sooner than 1 s, 2 s, 4
 * s ... 60 s after the one before, until a token is accepted. Not thread-safe but for {@link
 * #isNone}: guarded by the lock of {@link TokenHolder}.
 */
final class TokenReplacements {
    private static final Duration FIRST_SPACING = Duration.ofSeconds(1);
    private static final Duration LONGEST_SPACING = Duration.ofMinutes(1);

    /** Whether the present token was refused and waits for its replacement. */
    private boolean refused;

    /** Whether the next token replaces a refused one. */
    private boolean underWay;

    /** Refused tokens that were replaced since one was accepted, capped. */
    private volatile int count;

    private Instant next = Instant.MIN;

    /** Whether no replaced token waits to be accepted. Thread-safe. */
    boolean isNone() {
        return count == 0;
    }

    /** The API refused the present token. */
    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** Whether the replacement of the refused token is due; it is under way then. */
    boolean start(Instant now) {
        if (!refused || now.isBefore(next)) {
            return false;
        }
        refused = false;
        underWay = true;
        return true;
    }

    /** How long the replacement of the refused token is put off; zero when it is not. */
    Duration untilNext(Instant now) {
        return refused && now.isBefore(next) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** A new token was issued. */
    void issued(Instant now) {
        refused = false;
        if (underWay) {
            underWay = false;
            int before = count;
            next = now.plus(Durations.doubled(FIRST_SPACING, before, LONGEST_SPACING));
            count = before + 1;
        }
    }

    /** The API accepted the present token; if it was refused before, that was one call alone. */
    void accepted() {
        refused = false;
        count = 0;
        next = Instant.MIN;
    }
}
