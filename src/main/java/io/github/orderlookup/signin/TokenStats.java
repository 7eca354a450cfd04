package io.github.orderlookup.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the sign-in, for metrics.
 *
 * @param issued when the present access token was asked for; null without one
 * @param usableUntil until when it is handed out; null without one
 * @param failures failed token requests in a row
 * @param lastSuccess when the last token request that succeeded was sent; null before the first
 * @param mfa whether the user of the present access token signed in with multifactor authentication
 * @param refreshTokenExpiry when the stored refresh token ends unless it is used; null when it is
 *     not known, or when there is none
 */
public record TokenStats(
        @Nullable Instant issued,
        @Nullable Instant usableUntil,
        int failures,
        @Nullable Instant lastSuccess,
        Mfa mfa,
        @Nullable Instant refreshTokenExpiry) {

    /** Nothing is known. */
    public static final TokenStats NONE = new TokenStats(null, null, 0, null, Mfa.UNKNOWN, null);
}
