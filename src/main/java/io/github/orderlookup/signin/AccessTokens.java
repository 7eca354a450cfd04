package io.github.orderlookup.signin;

import io.github.orderlookup.settings.PartnerCenterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bearer token for the Partner Center API, kept fresh. Any number of callers share one token
 * and one token request. Thread-safe; made for virtual threads too.
 */
public interface AccessTokens {
    /**
     * The bearer token for the API. Returns at once while a token is valid; waits while the first
     * token request, or the one after an expiry, is under way.
     *
     * @throws SignInException if there is no valid token and none can be had now. After a failed
     *     token request every caller gets its failure at once, until the next attempt is due
     */
    String current() throws SignInException;

    /**
     * The same without waiting: completed at once while a token is valid. Fails with a {@link
     * SignInException}.
     */
    default CompletableFuture<String> request() {
        try {
            return CompletableFuture.completedFuture(current());
        } catch (SignInException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * The same, waiting no longer than {@code patience}.
     *
     * @throws TokenPendingException when there is no token by then
     * @throws SignInException if none can be had now
     */
    default String within(Duration patience) throws IOException {
        try {
            long nanos = TimeUnit.NANOSECONDS.convert(patience);
            return request().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TokenPendingException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInException.unavailable("Interrupted while waiting for a token.", e);
        } catch (ExecutionException e) {
            throw SignInException.of(e);
        }
    }

    /**
     * The API answered 401 to this token: a new one is asked for by the next call of {@link
     * #current()}, once for all who met the 401. While new ones are refused as well, that is put
     * off: first for a second, then for twice as long each time, at most a minute; meanwhile the
     * refused one is handed out. A token that has been replaced meanwhile is ignored.
     */
    void reject(String token);

    /** The API took this token, whatever it answered. */
    default void accept(String token) {}

    /** Whether the present token was refused, and its replacement is put off. */
    default boolean isRefused() {
        return false;
    }

    /** How long the replacement of a refused token is put off; zero when it is not. */
    default Duration untilReplacement() {
        return Duration.ZERO;
    }

    /** How it stands with the token and its renewal. */
    default TokenStats figures() {
        return TokenStats.NONE;
    }

    /**
     * Tokens of the login host, tenant and application that the settings name. Asks for none yet.
     */
    static AccessTokens of(PartnerCenterSettings settings) {
        return SignInAssembly.accessTokens(settings);
    }
}
