package io.github.orderlookup.signin;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.signin.store.StoredCredential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the one token that all callers share, and owns the state of its sign-ins: {@link
 * SignInFailures}, {@link TokenReplacements} and {@link CredentialWatch}. A renewal runs on the
 * executor, never two at once; the lock is held for bookkeeping alone, never during a token
 * request.
 *
 * <p>The first call within the last fifth of a token's lifetime, or its last five minutes,
 * whichever is shorter, starts its renewal in the background; callers go on with the old token.
 * While failed renewals back off, callers without a valid token get the last failure at once.
 *
 * <p>One class, since all of its state changes under one lock: the token, its renewal, the
 * failures, the replacements and the credential in use.
 */
final class TokenHolder implements AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(TokenHolder.class);
    private final SignIn signIn;
    private final InstantSource clock;
    private final InstantSource wall;
    private final Executor executor;
    private volatile TokenListener listener = TokenListener.NONE;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HeldToken held;
    private @Nullable CompletableFuture<String> renewal;
    private final SignInFailures failures;
    private final TokenReplacements replacements = new TokenReplacements();
    private @Nullable Instant lastSuccess;
    private final CredentialWatch credentials = new CredentialWatch();

    /**
     * @param clock measures lifetimes and waits
     * @param wall for time stamps
     */
    TokenHolder(
            SignIn signIn,
            InstantSource clock,
            InstantSource wall,
            Executor executor,
            RandomGenerator random) {
        this.signIn = signIn;
        this.clock = clock;
        this.wall = wall;
        this.executor = executor;
        this.failures = new SignInFailures(random);
    }

    @Override
    public void setListener(TokenListener listener) {
        this.listener = listener;
    }

    @Override
    public CompletableFuture<String> request() {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> shared;
        String token;
        lock.lock();
        try {
            Instant now = clock.instant();
            replaceWhenDue(now);
            token = usable(now);
            if (token != null && !isRenewalDue(now)) {
                return CompletableFuture.completedFuture(token);
            }
            if (renewal == null) {
                if (!failures.isAttemptDue(now)) {
                    return CompletableFuture.failedFuture(failures.last(now));
                }
                renewal = mine;
            }
            shared = renewal;
        } finally {
            lock.unlock();
        }
        if (shared == mine) {
            start(mine);
        }
        // A copy: what one caller does to it does not affect the others.
        return token != null ? CompletableFuture.completedFuture(token) : shared.copy();
    }

    private boolean isRenewalDue(Instant now) {
        return held != null
                && !now.isBefore(held.renewFrom())
                && renewal == null
                && failures.isAttemptDue(now);
    }

    private @Nullable String usable(Instant now) {
        return held != null && held.isUsable(now) ? held.token() : null;
    }

    private void replaceWhenDue(Instant now) {
        if (replacements.start(now)) {
            held = null;
        }
    }

    @Override
    public void reject(String token) {
        lock.lock();
        try {
            if (held != null && held.token().equals(token)) {
                replacements.refuse();
                replaceWhenDue(clock.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void accept(String token) {
        listener.onTokenAccepted();
        if (replacements.isNone()) {
            return;
        }
        lock.lock();
        try {
            if (held != null && held.token().equals(token)) {
                replacements.accepted();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRefused() {
        lock.lock();
        try {
            replaceWhenDue(clock.instant());
            return replacements.isRefused();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Duration untilReplacement() {
        lock.lock();
        try {
            return replacements.untilNext(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void credentialChanged() {
        lock.lock();
        try {
            if (failures.isRefused()) {
                failures.retryNow();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<FileValue<?>> credentialFile() {
        return signIn.credentialFile();
    }

    @Override
    public TokenStats stats() {
        Instant refreshTokenExpiry = signIn.credentialExpiry().orElse(null);
        lock.lock();
        try {
            return new TokenStats(
                    held == null ? null : onTheWall(held.issued()),
                    held == null ? null : onTheWall(held.usableUntil()),
                    failures.inARow(),
                    lastSuccess == null ? null : onTheWall(lastSuccess),
                    held == null ? Mfa.UNKNOWN : held.mfa(),
                    refreshTokenExpiry);
        } finally {
            lock.unlock();
        }
    }

    private Instant onTheWall(Instant moment) {
        return wall.instant().plus(Duration.between(clock.instant(), moment));
    }

    private void start(CompletableFuture<String> mine) {
        try {
            executor.execute(() -> renew(mine));
        } catch (RuntimeException | Error e) {
            fail(
                    mine,
                    SignInException.unavailable(
                            "Signing in could not be started.", BareDefect.of(e)));
        }
    }

    private void renew(CompletableFuture<String> mine) {
        Instant asked = clock.instant();
        try {
            use(signIn.storedCredential());
            keep(mine, HeldToken.of(signIn.newToken(), asked));
        } catch (SignInException e) {
            fail(mine, e);
        } catch (RuntimeException | Error e) {
            fail(mine, SignInException.unavailable(SignInException.UNEXPECTED, BareDefect.of(e)));
            LOG.error("Signing in failed unexpectedly", BareDefect.of(e));
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
        } finally {
            endRenewal(mine);
        }
    }

    private void use(StoredCredential credential) {
        lock.lock();
        try {
            credentials.use(credential);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCredentialReplaced() {
        StoredCredential now = signIn.storedCredential();
        lock.lock();
        try {
            if (renewal != null || !credentials.isReplaced(now, failures.isRefused())) {
                return false;
            }
            failures.retryNow();
            held = held == null ? null : held.renewedNow(clock.instant());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a renewal that neither issued a token nor failed, so that no caller waits for ever. */
    private void endRenewal(CompletableFuture<String> mine) {
        if (mine.isDone()) {
            return;
        }
        lock.lock();
        try {
            renewal = null;
        } finally {
            lock.unlock();
        }
        mine.completeExceptionally(
                SignInException.unavailable(SignInException.UNEXPECTED, Optional.empty()));
    }

    private void keep(CompletableFuture<String> mine, HeldToken issued) {
        int failed;
        lock.lock();
        try {
            held = issued;
            lastSuccess = issued.issued();
            replacements.issued(clock.instant());
            failed = failures.inARow();
            failures.clear();
            renewal = null;
        } finally {
            lock.unlock();
        }
        listener.onTokenIssued();
        mine.complete(issued.token());
        if (failed > 0) {
            LOG.info("Signed in after {} failed attempts", failed);
        }
    }

    private void fail(CompletableFuture<String> mine, SignInException failure) {
        SignInException shared;
        boolean tokenLeft;
        boolean news;
        lock.lock();
        try {
            Instant now = clock.instant();
            tokenLeft = usable(now) != null;
            shared = failures.add(failure, tokenLeft, now);
            news = failures.isNews(now);
            renewal = null;
        } finally {
            lock.unlock();
        }
        mine.completeExceptionally(shared);
        if (news) {
            LOG.warn(
                    "Cannot sign in, next attempt in {} s at the earliest{}: {}",
                    (shared.retryAfter().orElse(Duration.ZERO).toMillis() + 999) / 1000,
                    tokenLeft ? ", the present token is still valid" : "",
                    shared.detail());
        }
    }
}
