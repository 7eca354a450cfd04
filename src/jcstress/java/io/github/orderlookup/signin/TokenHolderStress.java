package io.github.orderlookup.signin;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ILL_Result;
import org.openjdk.jcstress.infra.results.IL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Callers ask for the token, and report that it was rejected, while it is renewed. */
public final class TokenHolderStress {

    private TokenHolderStress() {}

    /** A holder whose login host issues {@code token-1}, {@code token-2} and so on. */
    private static final class Holder {
        final AtomicInteger issued = new AtomicInteger();
        final Queue<Runnable> renewals = new ConcurrentLinkedQueue<>();
        final TokenHolder tokens;

        /** Renews on the calling thread, or when {@link #renew} is called. */
        Holder(boolean atOnce) {
            Executor executor = atOnce ? Runnable::run : renewals::add;
            InstantSource clock = InstantSource.fixed(Instant.EPOCH);
            tokens = new TokenHolder(this::issue, clock, clock, executor, () -> 0L);
        }

        private AccessToken issue() {
            return new AccessToken("token-" + issued.incrementAndGet(), Duration.ofHours(1));
        }

        void renew() {
            renewals.forEach(Runnable::run);
        }

        static String now(CompletableFuture<String> token) {
            return token.getNow("pending");
        }
    }

    @JCStressTest
    @Description("T1: two callers ask at once where there is no token.")
    @Outcome(id = "1, token-1, token-1", expect = ACCEPTABLE, desc = "One request for both.")
    @Outcome(expect = FORBIDDEN, desc = "Two requests, or a caller without a token.")
    @State
    public static class ColdCallers {
        private final Holder holder = new Holder(false);
        private CompletableFuture<String> one;
        private CompletableFuture<String> other;

        @Actor
        public void ask() {
            one = holder.tokens.request();
        }

        @Actor
        public void askToo() {
            other = holder.tokens.request();
        }

        @Arbiter
        public void atTheEnd(ILL_Result result) {
            holder.renew();
            result.r1 = holder.issued.get();
            result.r2 = Holder.now(one);
            result.r3 = Holder.now(other);
        }
    }

    @JCStressTest
    @Description("T1, T4: a caller asks while the token request ends.")
    @Outcome(id = "1, token-1", expect = ACCEPTABLE, desc = "The token that was asked for.")
    @Outcome(expect = FORBIDDEN, desc = "A second request, or a caller who waits for ever.")
    @State
    public static class AskedWhileIssued {
        private final Holder holder = new Holder(false);
        private CompletableFuture<String> late;

        public AskedWhileIssued() {
            holder.tokens.request();
        }

        @Actor
        public void issue() {
            holder.renew();
        }

        @Actor
        public void ask() {
            late = holder.tokens.request();
        }

        @Arbiter
        public void atTheEnd(IL_Result result) {
            result.r1 = holder.renewals.size();
            result.r2 = Holder.now(late);
        }
    }

    @JCStressTest
    @Description("T3: two callers report at once that their token was rejected, and ask again.")
    @Outcome(id = "2, token-2, token-2", expect = ACCEPTABLE, desc = "Replaced once for both.")
    @Outcome(expect = FORBIDDEN, desc = "Replaced twice, or the rejected token once more.")
    @State
    public static class RejectedTwice {
        private final Holder holder = new Holder(true);
        private CompletableFuture<String> one;
        private CompletableFuture<String> other;

        public RejectedTwice() {
            holder.tokens.request();
        }

        @Actor
        public void reject() {
            holder.tokens.reject("token-1");
            one = holder.tokens.request();
        }

        @Actor
        public void rejectToo() {
            holder.tokens.reject("token-1");
            other = holder.tokens.request();
        }

        @Arbiter
        public void atTheEnd(ILL_Result result) {
            result.r1 = holder.issued.get();
            result.r2 = Holder.now(one);
            result.r3 = Holder.now(other);
        }
    }

    @JCStressTest
    @Description("T6: a caller cancels its future while the token is issued.")
    @Outcome(id = "token-1", expect = ACCEPTABLE, desc = "The other caller has the token.")
    @Outcome(expect = FORBIDDEN, desc = "The other caller has not.")
    @State
    public static class CancelledWhileIssued {
        private final Holder holder = new Holder(false);
        private final CompletableFuture<String> cancelled = holder.tokens.request();
        private final CompletableFuture<String> other = holder.tokens.request();

        @Actor
        public void cancel() {
            cancelled.cancel(true);
        }

        @Actor
        public void issue() {
            holder.renew();
        }

        @Arbiter
        public void atTheEnd(L_Result result) {
            result.r1 = other.isCompletedExceptionally() ? "failed" : Holder.now(other);
        }
    }
}
