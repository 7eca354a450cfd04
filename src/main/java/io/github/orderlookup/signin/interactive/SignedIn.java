package io.github.orderlookup.signin.interactive;

import io.github.orderlookup.signin.Mfa;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who signed in, and what became of it. Texts are those of the login host, unescaped.
 *
 * @param name of the user; empty when the login host does not say
 * @param username the user's sign-in name; empty when the login host does not say
 * @param tenantId empty when the login host does not say
 * @param methods by which the user signed in, as Entra ID calls them; empty when it does not say
 * @param store the file that has the refresh token now
 * @param expiry when the refresh token ends unless it is used before
 * @param untried why the service's way to an access token could not be tried; empty when it was
 *     tried, and one was issued
 */
public record SignedIn(
        String name,
        String username,
        String tenantId,
        Mfa mfa,
        List<String> methods,
        Path store,
        Instant expiry,
        Optional<String> untried) {}
