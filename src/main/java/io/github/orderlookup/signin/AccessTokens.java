package io.github.orderlookup.signin;

import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bearer token for the Partner Center API, renewed before it expires. Any number of callers
 * share one token and one token request. Thread-safe.
 */
public interface AccessTokens {
    /**
     * The token: completed at once while one is valid; later while the first token request, or the
     * one after an expiry, is under way.
     *
     * <p>Fails with a {@link SignInException} if there is no valid token and none can be obtained.
     * After a failed token request every caller gets that failure at once until the next attempt is
     * due.
     */
    CompletableFuture<String> request();

    /**
     * As {@link #request}, waiting no longer than {@code patience}.
     *
     * @throws TokenPendingException when there is no token by then
     * @throws SignInException if none can be obtained now
     */
    default String within(Duration patience) throws IOException {
        try {
            long nanos = TimeUnit.NANOSECONDS.convert(patience);
            return request().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TokenPendingException();
        } catch (InterruptedException e) {
            throw SignInException.interrupted(e);
        } catch (ExecutionException e) {
            throw SignInException.shared(e);
        }
    }

    /**
     * As {@link #request}, waiting as long as the token request takes.
     *
     * @throws SignInException if none can be obtained now
     */
    default String current() throws SignInException {
        try {
            return request().get();
        } catch (InterruptedException e) {
            throw SignInException.interrupted(e);
        } catch (ExecutionException e) {
            throw SignInException.shared(e);
        }
    }

    /**
     * The API answered 401 to this token: the next {@link #request()} asks for a new one, once for
     * all callers who met the 401. While the new tokens are refused as well, the replacement is put
     * off for a second, then for twice as long each time, at most a minute; meanwhile the refused
     * token is handed out. A token that has been replaced already is ignored.
     */
    void reject(String token);

    /** The API accepted this token, whatever else it answered. */
    default void accept(String token) {}

    /** Whether the present token was refused, and its replacement is put off. */
    default boolean isRefused() {
        return false;
    }

    /** How long the replacement of a refused token is put off; zero when it is not. */
    default Duration untilReplacement() {
        return Duration.ZERO;
    }

    /**
     * Whether the stored credential is another one: a refused one that was replaced, or that of a
     * new sign-in. Then a token request is due, whatever the back-off, also when the present token
     * is still valid. True once for each. May wait for a file.
     */
    default boolean isCredentialReplaced() {
        return false;
    }

    /**
     * The credential has changed: if the one before was refused, the next token request is due at
     * once.
     */
    default void credentialChanged() {}

    /** The file that the credential stands in; empty when it is a setting. */
    default Optional<FileValue<?>> credentialFile() {
        return Optional.empty();
    }

    default TokenStats stats() {
        return TokenStats.NONE;
    }

    /** Notifies this listener from now on, instead of the one before. */
    default void setListener(TokenListener listener) {}

    /**
     * Tokens of the login host, tenant and application that the settings name. Sends no token
     * request yet.
     *
     * @param wayOut leads to the login host
     */
    static AccessTokens of(PartnerCenterSettings settings, WayOut wayOut) {
        return SignInAssembly.accessTokens(settings, wayOut);
    }
}
