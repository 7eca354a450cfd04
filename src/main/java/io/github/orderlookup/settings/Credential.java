package io.github.orderlookup.settings;

import java.nio.file.Path;

/** How the application proves to the login host that it is itself. */
public sealed interface Credential {

    /** A shared secret of the application. */
    record ClientSecret(Secret secret) implements Credential {}

    /**
     * A certificate with its private key.
     *
     * @param file PKCS#12 file
     * @param password of the file and of the key in it; empty when it has none
     */
    record ClientCertificate(Path file, Secret password) implements Credential {}
}
