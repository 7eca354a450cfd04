package io.github.orderlookup.signin;

import java.time.Duration;

/**
 * A token as it was issued.
 *
 * @param lifetime counted from the moment it was asked for; positive
 */
public record AccessToken(String value, Duration lifetime) {
    @Override
    public String toString() {
        return "AccessToken[" + lifetime + "]";
    }
}
