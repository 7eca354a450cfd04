package io.github.orderlookup.signin;

import java.time.Instant;
import java.util.Optional;

/** Requests a new access token: one request to the login host, no cache, no retry. */
@FunctionalInterface
interface SignIn {
    /** Blocks until the login host has answered; never called by two threads at once. */
    AccessToken newToken() throws SignInException;

    /** When the credential expires unless it is used before; empty when that is not known. */
    default Optional<Instant> credentialExpiry() {
        return Optional.empty();
    }
}
