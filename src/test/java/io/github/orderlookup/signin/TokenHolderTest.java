package io.github.orderlookup.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.signin.store.StoredCredential;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenHolderTest {
    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> background = new ConcurrentLinkedQueue<>();
    private final FakeSignIn signIn = new FakeSignIn();

    /** Renews on the calling thread. */
    private final TokenHolder holder =
            new TokenHolder(signIn, clock, clock, Runnable::run, () -> 0L);

    /** Renews when {@link #runBackground()} is called. */
    private final TokenHolder later =
            new TokenHolder(signIn, clock, clock, background::add, () -> 0L);

    @Test
    void asksForATokenOnceAndHandsItOutAgain() throws Exception {
        assertThat(holder.current()).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(30));

        assertThat(holder.current()).isEqualTo("token-1");
        assertThat(signIn.asked()).isEqualTo(1);
    }

    @Test
    void asksOnceForAHundredColdCallers() throws Exception {
        try (var callers = new Callers(100)) {
            List<Future<String>> tokens = callers.call(later);
            callers.awaitWaiting();
            runBackground();

            for (Future<String> token : tokens) {
                assertThat(token.get()).isEqualTo("token-1");
            }
        }
        assertThat(signIn.asked()).isEqualTo(1);
    }

    @Test
    void givesEveryWaitingCallerAFailureOfItsOwn() throws Exception {
        signIn.failWith(SignInException.refused("no"));
        List<Throwable> failures = new ArrayList<>();
        try (var callers = new Callers(10)) {
            List<Future<String>> tokens = callers.call(later);
            callers.awaitWaiting();
            runBackground();

            for (Future<String> token : tokens) {
                failures.add(catchThrowableOfType(Exception.class, token::get).getCause());
            }
        }
        assertThat(failures)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allSatisfy(failure -> assertThat(failure).hasMessage("no"));
        assertThat(signIn.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT55M", "PT10M, PT8M", "PT10S, PT8S", "PT25H, PT24H55M"})
    void renewsAheadOfExpiryWithoutMakingAnybodyWait(Duration lifetime, Duration renewal)
            throws Exception {
        signIn.lifetime = lifetime;
        warmUp();

        clock.advance(renewal.minusMillis(1));
        later.current();
        assertThat(background).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(later.current()).isEqualTo("token-1");
        assertThat(later.current()).isEqualTo("token-1");
        assertThat(background).hasSize(1);

        runBackground();
        assertThat(later.current()).isEqualTo("token-2");
    }

    @Test
    void keepsHandingOutAValidTokenWhenTheEarlyRenewalFails() throws Exception {
        warmUp();
        clock.advance(Duration.ofMinutes(56));
        signIn.failWith(SignInException.unavailable("down", Optional.empty()));

        assertThat(later.current()).isEqualTo("token-1");
        runBackground();
        assertThat(later.current()).isEqualTo("token-1");

        assertThat(background).as("no second attempt at once").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(later.current()).isEqualTo("token-1");
        assertThat(background).as("an attempt after the back-off").hasSize(1);
    }

    @Test
    void doesNotHandOutATokenThatHasExpired() throws Exception {
        assertThat(holder.current()).isEqualTo("token-1");
        clock.advance(Duration.ofHours(1));

        assertThat(holder.current()).isEqualTo("token-2");
    }

    @Test
    void replacesARejectedTokenOnceForAllWhoMetTheRejection() throws Exception {
        String token = holder.current();

        for (int i = 0; i < 100; i++) {
            holder.reject(token);
        }
        assertThat(holder.current()).isEqualTo("token-2");
        holder.reject(token);
        clock.advance(Duration.ofSeconds(5));

        assertThat(holder.current()).as("the newer one stays").isEqualTo("token-2");
        assertThat(signIn.asked()).isEqualTo(2);
    }

    @Test
    void spacesReplacementsWhileEachIsRefused() throws Exception {
        holder.reject(holder.current());
        List<Long> seconds = new ArrayList<>();
        long second = 0;
        for (int asked = 2; seconds.size() < 9; second++) {
            String token = holder.current();
            if (signIn.asked() == asked) {
                seconds.add(second);
                asked++;
            }
            holder.reject(token);
            clock.advance(Duration.ofSeconds(1));
        }

        // At once, then 1, 2, 4 ... 60 s after the one before.
        assertThat(seconds).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
    }

    @Test
    void handsTheRefusedTokenOutUntilItMayBeReplaced() throws Exception {
        holder.reject(holder.current());
        String fresh = holder.current();
        assertThat(holder.isRefused()).isFalse();

        holder.reject(fresh);

        assertThat(holder.isRefused()).isTrue();
        assertThat(holder.untilReplacement()).isEqualTo(Duration.ofSeconds(1));
        assertThat(holder.current()).isEqualTo(fresh);
        clock.advance(Duration.ofSeconds(1));
        assertThat(holder.isRefused()).isFalse();
        assertThat(holder.current()).isEqualTo("token-3");
    }

    @Test
    void replacesAtOnceAgainAfterATokenWasAccepted() throws Exception {
        holder.reject(holder.current());
        holder.reject(holder.current());
        clock.advance(Duration.ofSeconds(1));
        holder.accept(holder.current());

        holder.reject(holder.current());

        assertThat(holder.current()).isEqualTo("token-4");
        holder.reject(holder.current());
        assertThat(holder.untilReplacement()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void replacesAtOnceAgainWhenTheRefusedTokenIsGoodForOthers() throws Exception {
        holder.reject(holder.current());
        String fresh = holder.current();
        holder.reject(fresh);

        holder.accept(fresh);

        assertThat(holder.isRefused()).isFalse();
        assertThat(holder.current()).isEqualTo(fresh);
        holder.reject(fresh);
        assertThat(holder.current()).isEqualTo("token-3");
    }

    @Test
    void doesNotTakeAnOlderTokenForAccepted() throws Exception {
        String old = holder.current();
        holder.reject(old);
        holder.reject(holder.current());

        holder.accept(old);

        assertThat(holder.isRefused()).isTrue();
    }

    @Test
    void waitsNoLongerThanTheCallerDoes() {
        assertThatThrownBy(() -> later.within(Duration.ofMillis(10)))
                .isInstanceOf(TokenPendingException.class);
        assertThatThrownBy(() -> later.within(Duration.ofSeconds(-1)))
                .isInstanceOf(TokenPendingException.class);
        assertThat(background).as("one renewal for both").hasSize(1);
    }

    @Test
    void isNotHarmedByACallerWhoCancels() throws Exception {
        later.request().cancel(true);
        CompletableFuture<String> other = later.request();

        runBackground();

        assertThat(other.get()).isEqualTo("token-1");
    }

    @Test
    void letsNobodyWaitAfterAnError() {
        signIn.error = new StackOverflowError();
        CompletableFuture<String> first = later.request();
        runBackground();
        assertThat(first).isCompletedExceptionally();

        signIn.error = new OutOfMemoryError("CANARY");
        clock.advance(Duration.ofMinutes(1));
        CompletableFuture<String> second = later.request();
        assertThatThrownBy(this::runBackground).isInstanceOf(OutOfMemoryError.class);
        assertThat(second).isCompletedExceptionally();

        signIn.error = null;
        clock.advance(Duration.ofMinutes(1));
        CompletableFuture<String> third = later.request();
        runBackground();
        assertThat(third).isCompletedWithValue("token-3");
    }

    @Test
    void measuresWithTheClockThatDoesNotJump() throws Exception {
        ManualClock wall = new ManualClock();
        TokenHolder both = new TokenHolder(signIn, clock, wall, Runnable::run, () -> 0L);
        both.current();

        wall.advance(Duration.ofHours(-1));

        assertThat(both.current()).isEqualTo("token-1");
        assertThat(both.stats().issued()).isEqualTo(wall.instant());
        wall.advance(Duration.ofHours(2));
        assertThat(both.current()).isEqualTo("token-1");
        clock.advance(Duration.ofHours(1));
        assertThat(both.current()).isEqualTo("token-2");
    }

    @Test
    void sharesARenewalThatWasUnderWayWhenTheTokenWasRejected() throws Exception {
        warmUp();
        clock.advance(Duration.ofMinutes(56));
        later.current();

        later.reject("token-1");
        try (var callers = new Callers(10)) {
            List<Future<String>> tokens = callers.call(later);
            callers.awaitWaiting();
            runBackground();

            for (Future<String> token : tokens) {
                assertThat(token.get()).isEqualTo("token-2");
            }
        }
        assertThat(signIn.asked()).isEqualTo(2);
    }

    @Test
    void failsAtOnceBetweenAttempts() {
        signIn.failWith(SignInException.refused("wrong secret"));
        assertThatThrownBy(holder::current).hasMessage("wrong secret");

        clock.advance(Duration.ofMillis(3_500));
        SignInException again = catchThrowableOfType(SignInException.class, holder::current);

        assertThat(again.refused()).isTrue();
        assertThat(again.detail()).isEqualTo("wrong secret");
        assertThat(again.retryAfter()).contains(Duration.ofMillis(500));
        assertThat(signIn.asked()).isEqualTo(1);
    }

    @Test
    void triesAgainAfterTheBackOffAndWaitsLongerEachTime() {
        signIn.failWith(SignInException.unavailable("down", Optional.empty()));
        assertThatThrownBy(holder::current).hasMessage("down");

        clock.advance(Duration.ofMillis(800));
        assertThatThrownBy(holder::current).hasMessage("down");
        clock.advance(Duration.ofMillis(1_599));
        assertThatThrownBy(holder::current).hasMessage("down");

        assertThat(signIn.asked()).isEqualTo(2);
    }

    @Test
    void isAnOutageFromTheThirdFailureInARowThatLeftNoToken() throws Exception {
        holder.current();
        signIn.failWith(SignInException.unavailable("down", Optional.empty()));
        List<Boolean> outages = new ArrayList<>();

        clock.advance(Duration.ofMinutes(55));
        for (int renewal = 0; renewal < 3; renewal++) {
            assertThat(holder.current()).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(5));
        }
        clock.advance(Duration.ofMinutes(5));
        for (int request = 0; request < 2; request++) {
            outages.add(catchThrowableOfType(SignInException.class, holder::current).isOutage());
            clock.advance(Duration.ofSeconds(5));
        }

        assertThat(outages).containsExactly(false, true);
    }

    @Test
    void isAnOutageAtOnceWhenTheCredentialIsRefused() {
        signIn.failWith(SignInException.refused("no"));

        assertThat(catchThrowableOfType(SignInException.class, holder::current).isOutage())
                .isTrue();
    }

    @Test
    void startsTheBackOffAnewAfterASuccess() throws Exception {
        signIn.failWith(SignInException.refused("no"));
        assertThatThrownBy(holder::current).hasMessage("no");
        clock.advance(Duration.ofSeconds(5));
        signIn.succeed();
        holder.reject(holder.current());
        signIn.failWith(SignInException.refused("no"));

        SignInException failure = catchThrowableOfType(SignInException.class, holder::current);

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(4));
    }

    @Test
    void obeysRetryAfter() {
        signIn.failWith(
                SignInException.unavailable("throttled", Optional.of(Duration.ofSeconds(90))));
        SignInException failure = catchThrowableOfType(SignInException.class, holder::current);

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(90));
        clock.advance(Duration.ofSeconds(89));
        assertThatThrownBy(holder::current).hasMessage("throttled");
        assertThat(signIn.asked()).isEqualTo(1);
    }

    @Test
    void tellsNothingOfADefectButItsType() {
        signIn.defect = new IllegalArgumentException("CANARY", new RuntimeException("CANARY"));

        assertThatThrownBy(holder::current)
                .isInstanceOf(SignInException.class)
                .hasMessage("Signing in failed unexpectedly.")
                .hasStackTraceContaining("IllegalArgumentException")
                .extracting(TokenHolderTest::trace)
                .asString()
                .doesNotContain("CANARY");
    }

    @Test
    void failsWhenTheExecutorTakesNothingMore() {
        TokenHolder stopped =
                new TokenHolder(
                        signIn,
                        clock,
                        clock,
                        task -> {
                            throw new java.util.concurrent.RejectedExecutionException();
                        },
                        () -> 0L);

        assertThatThrownBy(stopped::current).isInstanceOf(SignInException.class);
        assertThatThrownBy(stopped::current).isInstanceOf(SignInException.class);
    }

    @Test
    void letsAnInterruptedCallerGoAndServesTheOthers() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller =
                new Thread(
                        () -> {
                            thrown.set(catchThrowableOfType(SignInException.class, later::current));
                            flag.complete(Thread.currentThread().isInterrupted());
                        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.WAITING);

        caller.interrupt();

        assertThat(flag.get()).as("interrupt flag").isTrue();
        assertThat(thrown.get()).isInstanceOf(SignInException.class);
        assertThat(((SignInException) thrown.get()).refused()).isFalse();
        runBackground();
        assertThat(later.current()).isEqualTo("token-1");
    }

    private void warmUp() throws Exception {
        try (var callers = new Callers(1)) {
            Future<String> token = callers.call(later).get(0);
            callers.awaitWaiting();
            runBackground();
            token.get();
        }
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private static String trace(Throwable failure) {
        java.io.StringWriter out = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(out));
        return out.toString();
    }

    /** Issues token-1, token-2, and so on, or fails. */
    @Test
    void triesARefusedCredentialAtOnceWhenAnotherOneIsStored() {
        signIn.failWith(SignInException.refused("no"));
        assertThatThrownBy(holder::current).hasMessage("no");
        assertThat(replacements()).as("nothing new").isZero();

        signIn.stored = new StoredCredential("2", "");
        signIn.succeed();

        assertThat(replacements()).isOne();
        assertThat(holder.request()).isCompletedWithValue("token-2");
        assertThat(replacements()).as("once for each").isZero();
    }

    @Test
    void renewsAValidTokenAfterANewSignInAlone() throws Exception {
        warmUp();
        signIn.stored = new StoredCredential("2", "first");
        assertThat(laterReplacements()).isOne();
        assertThat(later.current()).as("goes on with the present one").isEqualTo("token-1");
        runBackground();
        assertThat(later.current()).isEqualTo("token-2");

        signIn.stored = new StoredCredential("3", "first");
        assertThat(laterReplacements()).as("another instance renewed").isZero();
        assertThat(later.current()).isEqualTo("token-2");
        assertThat(background).isEmpty();
    }

    @Test
    void hasNothingToReplaceBeforeTheFirstTokenOrWhileTheLoginHostIsDown() {
        signIn.stored = new StoredCredential("1", "first");
        assertThat(replacements()).isZero();

        signIn.failWith(SignInException.unavailable("down", Optional.empty()));
        assertThatThrownBy(holder::current).hasMessage("down");
        signIn.stored = new StoredCredential("2", "first");

        assertThat(replacements()).isZero();
    }

    @Test
    void tellsWhetherTheUserUsedMfaAndWhenTheLastTokenWasIssued() throws Exception {
        assertThat(holder.stats().lastSuccess()).isNull();
        assertThat(holder.stats().mfa()).isEqualTo(Mfa.UNKNOWN);
        signIn.mfa = Mfa.NOT_USED;
        holder.current();
        Instant issued = clock.instant();
        clock.advance(Duration.ofHours(2));
        signIn.failWith(SignInException.refused("no"));
        assertThatThrownBy(holder::current).hasMessage("no");

        assertThat(holder.stats().mfa()).isEqualTo(Mfa.NOT_USED);
        assertThat(holder.stats().lastSuccess()).isEqualTo(issued);
    }

    private int replacements() {
        return holder.isCredentialReplaced() ? 1 : 0;
    }

    private int laterReplacements() {
        return later.isCredentialReplaced() ? 1 : 0;
    }

    private static final class FakeSignIn implements SignIn {
        private int asked;
        private SignInException failure;
        private RuntimeException defect;
        private Error error;
        private Duration lifetime = Duration.ofHours(1);
        private Mfa mfa = Mfa.UNKNOWN;
        private StoredCredential stored = StoredCredential.NONE;

        @Override
        public StoredCredential storedCredential() {
            return stored;
        }

        @Override
        public synchronized AccessToken newToken() throws SignInException {
            asked++;
            if (defect != null) {
                throw defect;
            }
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
            return new AccessToken("token-" + asked, lifetime, mfa);
        }

        synchronized int asked() {
            return asked;
        }

        void failWith(SignInException next) {
            failure = next;
        }

        void succeed() {
            failure = null;
        }
    }

    /** Threads that all ask for the current token. */
    private static final class Callers implements AutoCloseable {
        private final List<Thread> threads = new ArrayList<>();
        private final int count;
        private final ExecutorService pool;

        Callers(int count) {
            this.count = count;
            pool =
                    Executors.newFixedThreadPool(
                            count,
                            task -> {
                                Thread thread = new Thread(task);
                                threads.add(thread);
                                return thread;
                            });
        }

        List<Future<String>> call(AccessTokens tokens) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(pool.submit(tokens::current));
            }
            return all;
        }

        void awaitWaiting() {
            await().until(
                            () ->
                                    threads.stream()
                                            .allMatch(t -> t.getState() == Thread.State.WAITING));
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }
}
