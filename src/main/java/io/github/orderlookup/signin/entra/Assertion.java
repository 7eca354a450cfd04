package io.github.orderlookup.signin.entra;

import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.TokenClaims;
import io.github.orderlookup.text.Quoted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the token of another issuer says of itself: the login host verifies it, nothing here does.
 *
 * @param issuer empty when it says none, as the subject
 * @param audiences none, one, or several
 * @param expiry empty when it says none that can be read
 */
public record Assertion(
        String issuer, String subject, List<String> audiences, Optional<Instant> expiry) {
    private static final Assertion UNREADABLE = new Assertion("", "", List.of(), Optional.empty());

    /** The claims of a token; none when they cannot be read. */
    public static Assertion of(Secret token) {
        return TokenClaims.of(token.reveal()).map(Assertion::of).orElse(UNREADABLE);
    }

    private static Assertion of(TokenClaims claims) {
        return new Assertion(
                claims.text("iss"), claims.text("sub"), audiences(claims), claims.expiry());
    }

    private static List<String> audiences(TokenClaims claims) {
        String one = claims.text("aud");
        return one.isEmpty() ? claims.texts("aud") : List.of(one);
    }

    public boolean isExpired(Instant now) {
        return expiry.isPresent() && !now.isBefore(expiry.get());
    }

    /** The words for one that has expired. */
    String expired(Path file) {
        return "the token in "
                + Quoted.ofPath(file)
                + " expired at "
                + expiry.map(Instant::toString).orElse("");
    }
}
