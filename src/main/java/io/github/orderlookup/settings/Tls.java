package io.github.orderlookup.settings;

import java.nio.file.Path;
import java.util.List;

/** Where the REST endpoint takes its certificate and private key from. */
public sealed interface Tls {

    /** The files, which may change. */
    List<Path> files();

    /** A certificate chain, leaf first, and its unencrypted PKCS#8 key, both PEM. */
    record PemFiles(Path certificate, Path key) implements Tls {
        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }
    }

    /**
     * A PKCS#12 or JKS file.
     *
     * @param password of the file and of the key in it; empty when it has none
     */
    record KeyStoreFile(Path file, Secret password) implements Tls {
        @Override
        public List<Path> files() {
            return List.of(file);
        }
    }
}
