package io.github.orderlookup.signin;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Hands the tokens of another on, and tells of each that was handed out. As thread-safe as that
 * one.
 *
 * @param told run after each token, on the thread that asked for it
 */
public record NotifyingTokens(AccessTokens tokens, Runnable told) implements AccessTokens {

    @Override
    public String current() throws SignInException {
        String token = tokens.current();
        told.run();
        return token;
    }

    @Override
    public CompletableFuture<String> request() {
        return tokens.request();
    }

    @Override
    public String within(Duration patience) throws IOException {
        String token = tokens.within(patience);
        told.run();
        return token;
    }

    @Override
    public void reject(String token) {
        tokens.reject(token);
    }

    @Override
    public void accept(String token) {
        tokens.accept(token);
    }

    @Override
    public boolean isRefused() {
        return tokens.isRefused();
    }

    @Override
    public Duration untilReplacement() {
        return tokens.untilReplacement();
    }

    @Override
    public TokenStats figures() {
        return tokens.figures();
    }

    /** No token is in it. */
    @Override
    public String toString() {
        return "NotifyingTokens";
    }
}
