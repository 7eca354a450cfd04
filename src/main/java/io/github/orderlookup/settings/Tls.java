package io.github.orderlookup.settings;

import java.nio.file.Path;

/** Where the REST door takes its certificate and private key from. */
public sealed interface Tls {

    /** A certificate chain and its unencrypted PKCS#8 key, both PEM. */
    record Pem(Path certificate, Path key) implements Tls {}

    /**
     * A PKCS#12 or JKS file.
     *
     * @param password of the file and of the key in it; empty when it has none
     */
    record KeyStore(Path file, Secret password) implements Tls {}
}
