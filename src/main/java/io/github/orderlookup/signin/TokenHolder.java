package io.github.orderlookup.signin;

import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
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
 * {@link BackOff}; meanwhile callers without a valid token get the last failure at once. Renewals
 * because of a refused token are spaced as long as none of the new ones is accepted.
 */
final class TokenHolder implements AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(TokenHolder.class);
    private static final Duration EARLIEST_RENEWAL = Duration.ofMinutes(5);

    /** A token is not handed out so late that it expires on its way. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(10);

    /** The spacing of replacements doubles from this to that. */
    private static final Duration FIRST_SPACING = Duration.ofSeconds(1);

    private static final Duration LONGEST_SPACING = Duration.ofMinutes(1);

    /** The same failure is logged no more often. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private static final int MOST_CAUSES = 10;

    private final SignIn signIn;
    private final InstantSource clock;
    private final InstantSource wall;
    private final Executor executor;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held;
    private @Nullable CompletableFuture<String> renewal;
    private @Nullable Failed failed;

    /** Whether the token that is held was refused, and is to be replaced when that is due. */
    private boolean refused;

    /** Whether the next token stands in for a refused one. */
    private boolean replacing;

    /** How many refused tokens were replaced since one was accepted; written under the lock. */
    private volatile int replacements;

    private Instant nextReplacement = Instant.MIN;
    private @Nullable Logged logged;

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
        this.random = random;
    }

    private record Held(String token, Instant issued, Instant renewFrom, Instant usableUntil) {
        @Override
        public String toString() {
            return "Held[until " + usableUntil + "]";
        }
    }

    private record Failed(SignInException failure, int inARow, Instant nextAttempt) {}

    private record Logged(String detail, Instant at) {}

    @Override
    public String current() throws SignInException {
        try {
            return request().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInException.unavailable("Interrupted while waiting for a token.", e);
        } catch (ExecutionException e) {
            throw SignInException.of(e);
        }
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
                if (failed != null && now.isBefore(failed.nextAttempt)) {
                    return CompletableFuture.failedFuture(
                            failed.failure.again(Duration.between(now, failed.nextAttempt)));
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
        // A copy: what one caller does to it is nothing to the others.
        return token != null ? CompletableFuture.completedFuture(token) : shared.copy();
    }

    @Override
    public void reject(String token) {
        lock.lock();
        try {
            if (held != null && held.token.equals(token)) {
                refused = true;
                replaceWhenDue(clock.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    private void replaceWhenDue(Instant now) {
        if (refused && !now.isBefore(nextReplacement)) {
            held = null;
            refused = false;
            replacing = true;
        }
    }

    @Override
    public void accept(String token) {
        if (replacements == 0) {
            return;
        }
        lock.lock();
        try {
            // Also of a token that was refused meanwhile: then it was that one request alone.
            if (held != null && held.token.equals(token)) {
                refused = false;
                replacements = 0;
                nextReplacement = Instant.MIN;
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
            return refused;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Duration untilReplacement() {
        lock.lock();
        try {
            Instant now = clock.instant();
            return refused && now.isBefore(nextReplacement)
                    ? Duration.between(now, nextReplacement)
                    : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TokenStats figures() {
        Instant refreshTokenExpiry = signIn.credentialExpiry().orElse(null);
        lock.lock();
        try {
            return new TokenStats(
                    held == null ? null : onTheWall(held.issued),
                    held == null ? null : onTheWall(held.usableUntil),
                    failed == null ? 0 : failed.inARow,
                    refreshTokenExpiry);
        } finally {
            lock.unlock();
        }
    }

    private Instant onTheWall(Instant moment) {
        return wall.instant().plus(Duration.between(clock.instant(), moment));
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
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
        } finally {
            release(mine);
        }
    }

    /** Whatever happens, nobody waits for ever, and the next request is made. */
    private void release(CompletableFuture<String> mine) {
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
                SignInException.unavailable("Signing in failed unexpectedly.", Optional.empty()));
    }

    /** A defect's types and places without the messages, which might quote a secret. */
    private static Throwable bare(Throwable defect) {
        return bare(defect, MOST_CAUSES);
    }

    private static Throwable bare(Throwable defect, int most) {
        Throwable cause =
                defect.getCause() == null || most == 0 ? null : bare(defect.getCause(), most - 1);
        Throwable bare = new IllegalStateException(defect.getClass().getName(), cause);
        bare.setStackTrace(defect.getStackTrace());
        return bare;
    }

    private void keep(CompletableFuture<String> mine, Instant asked, AccessToken issued) {
        Duration lifetime = issued.lifetime();
        Instant expiry = asked.plus(lifetime);
        Duration ahead = Durations.min(EARLIEST_RENEWAL, lifetime.dividedBy(5));
        Duration margin = Durations.min(LONGEST_MARGIN, lifetime.dividedBy(20));
        Failed before;
        lock.lock();
        try {
            held = new Held(issued.value(), asked, expiry.minus(ahead), expiry.minus(margin));
            refused = false;
            noteReplacement();
            before = failed;
            failed = null;
            logged = null;
            renewal = null;
        } finally {
            lock.unlock();
        }
        mine.complete(issued.value());
        if (before != null) {
            LOG.info("Signed in after {} failed attempts", before.inARow);
        }
    }

    private void noteReplacement() {
        if (replacing) {
            replacing = false;
            long doublings = Math.min(replacements, 10);
            Duration spacing =
                    Durations.min(FIRST_SPACING.multipliedBy(1L << doublings), LONGEST_SPACING);
            nextReplacement = clock.instant().plus(spacing);
            replacements = Math.min(replacements, 10) + 1;
        }
    }

    private void fail(CompletableFuture<String> mine, SignInException failure) {
        Duration wait;
        boolean tokenLeft;
        boolean news;
        lock.lock();
        try {
            Instant now = clock.instant();
            int inARow = failed == null ? 1 : failed.inARow + 1;
            wait = BackOff.after(failure, inARow, random);
            failed = new Failed(failure, inARow, now.plus(wait));
            renewal = null;
            tokenLeft = usable(now) != null;
            news = isNews(failure, now);
        } finally {
            lock.unlock();
        }
        mine.completeExceptionally(failure.again(wait));
        if (news) {
            LOG.warn(
                    "Cannot sign in, next attempt in {} s at the earliest{}: {}",
                    (wait.toMillis() + 999) / 1000,
                    tokenLeft ? ", the present token is still valid" : "",
                    failure.detail());
        }
    }

    private boolean isNews(SignInException failure, Instant now) {
        if (logged != null
                && Objects.equals(logged.detail, failure.detail())
                && now.isBefore(logged.at.plus(LOG_INTERVAL))) {
            return false;
        }
        logged = new Logged(failure.detail(), now);
        return true;
    }
}
