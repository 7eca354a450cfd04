package io.github.orderlookup.partnercenter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the one token that all callers share. A renewal runs on the executor, never twice at once;
 * the lock is held for bookkeeping alone, never while the login host is asked.
 *
 * <p>A token is renewed in the background by the first call within its last fifth, or its last five
 * minutes, whichever is shorter; callers go on with the old one. Failed renewals are spaced by
 * {@link BackOff}; meanwhile callers without a valid token get the last failure at once.
 */
final class TokenHolder implements AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(TokenHolder.class);
    private static final Duration EARLIEST_RENEWAL = Duration.ofMinutes(5);

    /** A token is not handed out so late that it expires on its way. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(10);

    private final SignIn signIn;
    private final InstantSource clock;
    private final Executor executor;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held;
    private @Nullable CompletableFuture<String> renewal;
    private @Nullable Failed failed;

    TokenHolder(SignIn signIn, InstantSource clock, Executor executor, RandomGenerator random) {
        this.signIn = signIn;
        this.clock = clock;
        this.executor = executor;
        this.random = random;
    }

    private record Held(String token, Instant issued, Instant renewFrom, Instant usableUntil) {
        @Override
        public String toString() {
            return "Held[until " + usableUntil + "]";
        }
    }

    private record Failed(SignInException failure, int inARow, Instant nextAttempt) {}

    @Override
    public String current() throws SignInException {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> shared;
        String token;
        lock.lock();
        try {
            Instant now = clock.instant();
            token = usable(now);
            if (token != null && !isRenewalDue(now)) {
                return token;
            }
            if (renewal == null) {
                failWhileBackingOff(now);
                renewal = mine;
            }
            shared = renewal;
        } finally {
            lock.unlock();
        }
        if (shared == mine) {
            start(mine);
        }
        return token != null ? token : await(shared);
    }

    @Override
    public void reject(String token) {
        lock.lock();
        try {
            if (held != null && held.token.equals(token)) {
                held = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TokenFigures figures() {
        Instant refreshTokenExpiry = signIn.credentialExpiry().orElse(null);
        lock.lock();
        try {
            return new TokenFigures(
                    held == null ? null : held.issued,
                    held == null ? null : held.usableUntil,
                    failed == null ? 0 : failed.inARow,
                    refreshTokenExpiry);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String usable(Instant now) {
        return held != null && now.isBefore(held.usableUntil) ? held.token : null;
    }

    private boolean isRenewalDue(Instant now) {
        return held != null
                && !now.isBefore(held.renewFrom)
                && renewal == null
                && (failed == null || !now.isBefore(failed.nextAttempt));
    }

    private void failWhileBackingOff(Instant now) throws SignInException {
        if (failed != null && now.isBefore(failed.nextAttempt)) {
            throw failed.failure.again(Duration.between(now, failed.nextAttempt));
        }
    }

    private void start(CompletableFuture<String> mine) {
        try {
            executor.execute(() -> renew(mine));
        } catch (RuntimeException | Error e) {
            fail(mine, SignInException.unavailable("Signing in could not be started.", bare(e)));
        }
    }

    private void renew(CompletableFuture<String> mine) {
        Instant asked = clock.instant();
        try {
            keep(mine, asked, signIn.newToken());
        } catch (SignInException e) {
            fail(mine, e);
        } catch (RuntimeException | Error e) {
            fail(mine, SignInException.unavailable("Signing in failed unexpectedly.", bare(e)));
            LOG.error("Signing in failed unexpectedly", bare(e));
        }
    }

    /** A defect's types and places without the messages, which might quote a secret. */
    private static Throwable bare(Throwable defect) {
        Throwable cause = defect.getCause() == null ? null : bare(defect.getCause());
        Throwable bare = new IllegalStateException(defect.getClass().getName(), cause);
        bare.setStackTrace(defect.getStackTrace());
        return bare;
    }

    private void keep(CompletableFuture<String> mine, Instant asked, AccessToken issued) {
        Duration lifetime = issued.lifetime();
        Instant expiry = asked.plus(lifetime);
        Duration ahead = BackOff.shorter(EARLIEST_RENEWAL, lifetime.dividedBy(5));
        Duration margin = BackOff.shorter(LONGEST_MARGIN, lifetime.dividedBy(20));
        Failed before;
        lock.lock();
        try {
            held = new Held(issued.value(), asked, expiry.minus(ahead), expiry.minus(margin));
            before = failed;
            failed = null;
            renewal = null;
        } finally {
            lock.unlock();
        }
        mine.complete(issued.value());
        if (before != null) {
            LOG.info("Signed in after {} failed attempts", before.inARow);
        }
    }

    private void fail(CompletableFuture<String> mine, SignInException failure) {
        Duration wait;
        boolean tokenLeft;
        lock.lock();
        try {
            Instant now = clock.instant();
            int inARow = failed == null ? 1 : failed.inARow + 1;
            wait = BackOff.after(failure, inARow, random);
            failed = new Failed(failure, inARow, now.plus(wait));
            renewal = null;
            tokenLeft = usable(now) != null;
        } finally {
            lock.unlock();
        }
        mine.completeExceptionally(failure.again(wait));
        LOG.warn(
                "Cannot sign in, next attempt in {} s at the earliest{}: {}",
                (wait.toMillis() + 999) / 1000,
                tokenLeft ? ", the present token is still valid" : "",
                failure.detail());
    }

    /** Each waiter gets an exception of its own: a shared one would be changed by all of them. */
    private static String await(CompletableFuture<String> renewal) throws SignInException {
        try {
            return renewal.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInException.unavailable("Interrupted while waiting for a token.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SignInException failure) {
                throw failure.again(failure.retryAfter().orElse(Duration.ZERO));
            }
            throw new IllegalStateException(e);
        }
    }
}
