package io.github.orderlookup.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the application proves to the login host that it is itself. */
public sealed interface Credential {

    /** A shared secret of the application. */
    record ClientSecret(Secret secret) implements Credential {}

    /** A file that holds the shared secret of the application, and may change. */
    record ClientSecretFile(Path file) implements Credential {}

    /**
     * A certificate with its private key.
     *
     * @param file PKCS#12 file, which may change
     * @param password of the file and of the key in it; empty when it has none, or stands in a file
     * @param passwordFile holds the password and may change; null when it is a setting
     */
    record ClientCertificate(Path file, Secret password, @Nullable Path passwordFile)
            implements Credential {}

    /** A file with the token of an issuer whom the application trusts: a federated credential. */
    record ClientAssertionFile(Path file) implements Credential {}
}
