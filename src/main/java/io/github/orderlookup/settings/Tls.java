package io.github.orderlookup.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Where the REST endpoint takes its certificate and private key from. */
public sealed interface Tls {

    /**
     * Reads the files.
     *
     * @return a store whose private keys open with {@link #password()}
     */
    KeyStore load() throws IOException, GeneralSecurityException;

    /** Password of the private keys in {@link #load()}; empty when there is none. */
    Secret password();

    /** A certificate chain, leaf first, and its unencrypted PKCS#8 key, both PEM. */
    record PemFiles(Path certificate, Path key) implements Tls {
        @Override
        public KeyStore load() throws IOException, GeneralSecurityException {
            return KeyFiles.open(certificate, key);
        }

        @Override
        public Secret password() {
            return new Secret("");
        }
    }

    /**
     * A PKCS#12 or JKS file.
     *
     * @param password of the file and of the key in it; empty when it has none
     */
    record KeyStoreFile(Path file, Secret password) implements Tls {
        @Override
        public KeyStore load() throws IOException, GeneralSecurityException {
            return KeyFiles.open(file, password);
        }
    }
}
