package io.github.orderlookup.signin;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.signin.store.StoredCredential;
import java.time.Instant;
import java.util.Optional;

/** Requests a new access token: one request to the login host, no cache, no retry. */
@FunctionalInterface
interface SignIn {
    /** Blocks until the login host has answered; never called by two threads at once. */
    AccessToken newToken() throws SignInException;

    /**
     * What is known of the credential that the next token request would use. May read a file, and
     * never fails.
     */
    default StoredCredential storedCredential() {
        return StoredCredential.NONE;
    }

    /** The file that the credential of the application stands in; empty when it is a setting. */
    default Optional<FileValue<?>> credentialFile() {
        return Optional.empty();
    }

    /** When the credential expires unless it is used before; empty when that is not known. */
    default Optional<Instant> credentialExpiry() {
        return Optional.empty();
    }
}
