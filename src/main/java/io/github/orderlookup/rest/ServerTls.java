package io.github.orderlookup.rest;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Tls;
import io.github.orderlookup.settings.format.CertifiedKey;
import io.github.orderlookup.settings.format.CertifiedKeys;
import io.github.orderlookup.settings.format.KeyContents;
import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the REST endpoint: each TLS handshake gets the one that the files hold by
 * then. Connections that there are go on. Reads no file; thread-safe.
 */
public final class ServerTls extends X509ExtendedKeyManager {

    private final FileValue<CertifiedKeys> file;

    /** The newest keys and those before: a handshake asks three times for what it has chosen. */
    private volatile List<Generation> generations = List.of();

    private record Generation(int number, CertifiedKeys keys) {}

    public ServerTls(FileValue<CertifiedKeys> file) {
        this.file = file;
    }

    /**
     * Reads the key and the certificates.
     *
     * @param wall the wall clock, for the dates of certificates
     */
    public static FileValue<CertifiedKeys> file(Tls tls, InstantSource wall) {
        Path first = tls.files().get(0);
        return new FileValue<>(
                FileWatch.REST_CERTIFICATE,
                (tls instanceof Tls.PemFiles ? Key.REST_TLS_CERTIFICATE : Key.REST_TLS_KEYSTORE)
                        .text(),
                tls.files(),
                (contents, present) -> {
                    CertifiedKeys keys = KeyContents.ofTheServer(tls, contents);
                    if (present != null) {
                        KeyContents.requireValid(first, keys, wall.instant());
                    }
                    return keys;
                });
    }

    /** What Camel needs to know to make a server that speaks TLS, without the key. */
    public static SSLContextParameters parameters() {
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setServerParameters(new SSLContextServerParameters());
        return parameters;
    }

    private synchronized Generation newest() {
        CertifiedKeys present = file.value();
        if (present == null) {
            throw new IllegalStateException("no certificate");
        }
        List<Generation> known = generations;
        if (!known.isEmpty() && known.get(0).keys().equals(present)) {
            return known.get(0);
        }
        Generation next = new Generation(known.isEmpty() ? 0 : known.get(0).number() + 1, present);
        generations = known.isEmpty() ? List.of(next) : List.of(next, known.get(0));
        return next;
    }

    /** The alias of a key: the number of its generation, and its place there. */
    private @Nullable String alias(String keyType) {
        Generation newest = newest();
        List<CertifiedKey> keys = newest.keys().all();
        for (int i = 0; i < keys.size(); i++) {
            String algorithm = keys.get(i).certificate().getPublicKey().getAlgorithm();
            if (algorithm.equals(keyType.split("_", 2)[0])) {
                return newest.number() + "." + i;
            }
        }
        return null;
    }

    private @Nullable CertifiedKey key(String alias) {
        String[] parts = alias.split("\\.", 2);
        for (Generation generation : generations) {
            if (parts[0].equals(Integer.toString(generation.number()))) {
                return generation.keys().all().get(Integer.parseInt(parts[1]));
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        CertifiedKey key = key(alias);
        return key == null ? null : key.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        CertifiedKey key = key(alias);
        return key == null ? null : key.privateKey();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
