package io.github.orderlookup.signin;

import java.time.Duration;

/**
 * A token as it was issued.
 *
 * @param lifetime counted from the moment it was asked for; positive
 * @param mfa of the user, where it is a user's
 */
public record AccessToken(String value, Duration lifetime, Mfa mfa) {

    /** A token of the application itself. */
    public AccessToken(String value, Duration lifetime) {
        this(value, lifetime, Mfa.UNKNOWN);
    }

    /** The same token, with what it says of its user. */
    AccessToken ofUser() {
        return new AccessToken(
                value, lifetime, TokenClaims.of(value).map(TokenClaims::mfa).orElse(Mfa.UNKNOWN));
    }

    @Override
    public String toString() {
        return "AccessToken[" + lifetime + "]";
    }
}
