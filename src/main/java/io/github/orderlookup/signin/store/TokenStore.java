package io.github.orderlookup.signin.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.SignInException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps the newest refresh token, readable by its owner alone, replaced as a whole or
 * not at all.
 *
 * <p>The stored token wins over the configured one, unless the configured one is another than when
 * the file was written: {@code settingSha256} is its fingerprint. A setting that was removed
 * changes nothing.
 *
 * <p>A renewal holds a lock on {@code {file}.lock} from before reading until after writing, so that
 * processes that share the file use one chain of tokens and never overwrite a newer token with an
 * older one. They should share the setting too.
 *
 * <p>{@code signedInAt} is when a user last signed in, which renewals keep: by it a running service
 * notices a new sign-in, and does not take the renewals of other instances for one.
 *
 * <p>No message shows any of the content. Thread-safe.
 */
public final class TokenStore {
    /** Begins every message. */
    static final String FILE = "The file of partner-center.token-store ";

    private static final String START_ANEW = " Sign in again: order-lookup sign-in.";

    private final OwnerOnlyFile file;
    private final @Nullable Secret setting;
    private final InstantSource clock;
    private final Pause pause;

    private volatile StoredCredential state = StoredCredential.NONE;

    /** Sleeps. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /**
     * @param file need not exist yet, its directory must
     * @param setting the configured refresh token
     */
    public TokenStore(Path file, @Nullable Secret setting, InstantSource clock, Pause pause) {
        this.file = new OwnerOnlyFile(file);
        this.setting = setting;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Waits until no other process renews.
     *
     * @throws SignInException if the directory does not allow it, or another process does not come
     *     to an end within a minute
     */
    public Lock lock() throws SignInException {
        return new Lock(RenewalLock.await(file, pause));
    }

    /**
     * When the stored token ends unless it is used before; empty when none is stored, or when that
     * cannot be read.
     */
    public Optional<Instant> expiry() {
        return readable().flatMap(StoredToken::expiry);
    }

    /** What is stored now; cheap while the file stays the same. */
    public StoredCredential state() {
        Object version = file.version();
        StoredCredential known = state;
        if (!known.version().equals(version)) {
            known =
                    new StoredCredential(
                            version, readable().map(StoredToken::signedInAt).orElse(""));
            state = known;
        }
        return known;
    }

    private Optional<StoredToken> readable() {
        try {
            return Optional.ofNullable(read());
        } catch (SignInException unreadable) {
            return Optional.empty();
        }
    }

    /** Allows to read and replace the token until {@link #close()}. */
    public final class Lock implements AutoCloseable {
        private final RenewalLock held;

        private Lock(RenewalLock held) {
            this.held = held;
        }

        /**
         * The refresh token to use now.
         *
         * @throws SignInException if there is none, or the file is not as we write it
         */
        public Secret newest() throws SignInException {
            StoredToken stored = read();
            if (setting != null
                    && (stored == null || !fingerprint(setting).equals(stored.settingSha256()))) {
                return setting;
            }
            if (stored == null) {
                throw SignInException.refused(
                        "There is no refresh token yet. Sign in: order-lookup sign-in."
                                + " Or set partner-center.refresh-token.");
            }
            return stored.refreshToken();
        }

        /**
         * Replaces the stored token by its renewal. When this returns, the new one is on disk.
         *
         * @throws SignInException if it is not; the old one is still there
         */
        public void write(Secret refreshToken) throws SignInException {
            write(
                    refreshToken,
                    setting != null ? fingerprint(setting) : keptFingerprint(),
                    state().signIn());
        }

        /**
         * Replaces what is stored, if anything and be it damaged, by the token of a new sign-in.
         * When this returns, the new one is on disk.
         *
         * @throws SignInException if it is not; the old one is still there
         */
        public void writeSignIn(Secret refreshToken) throws SignInException {
            write(
                    refreshToken,
                    setting != null
                            ? fingerprint(setting)
                            : readable().map(StoredToken::settingSha256).orElse(null),
                    clock.instant().toString());
        }

        private void write(Secret refreshToken, @Nullable String fingerprint, String signedInAt)
                throws SignInException {
            String now = clock.instant().toString();
            StoredToken content = new StoredToken(refreshToken, fingerprint, now, signedInAt);
            try {
                file.replace(content.json());
            } catch (IOException e) {
                throw SignInException.refused(
                        FILE
                                + "cannot be written, so the new refresh token would be lost. Its"
                                + " directory must be writable and have room.");
            }
        }

        /** A setting that was removed and comes back unchanged must not win over newer tokens. */
        private @Nullable String keptFingerprint() throws SignInException {
            StoredToken stored = read();
            return stored == null ? null : stored.settingSha256();
        }

        @Override
        public void close() {
            held.close();
        }
    }

    private static String fingerprint(Secret secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.reveal().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable StoredToken read() throws SignInException {
        if (file.isMissing()) {
            return null;
        }
        try {
            requireOwnerOnly();
            return StoredToken.parse(file.read())
                    .orElseThrow(() -> SignInException.refused(FILE + "is damaged." + START_ANEW));
        } catch (SignInException e) {
            throw e;
        } catch (IOException e) {
            throw SignInException.refused(FILE + "cannot be read. Check its owner and rights.");
        }
    }

    private void requireOwnerOnly() throws IOException {
        Optional<String> mode = file.modeTooOpen();
        if (mode.isPresent()) {
            throw SignInException.refused(
                    FILE
                            + "is open to others than its owner ("
                            + mode.get()
                            + "). Set its mode to 0600.");
        }
    }

    @Override
    public String toString() {
        return "TokenStore[" + file + "]";
    }
}
