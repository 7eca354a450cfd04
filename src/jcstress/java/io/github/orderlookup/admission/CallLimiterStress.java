package io.github.orderlookup.admission;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.orderlookup.time.ManualTime;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LII_Result;

/** Permits are asked for, withdrawn and given back at once. */
public final class CallLimiterStress {

    private CallLimiterStress() {}

    private static CallLimiter oneSlot() {
        return Limiters.limiter(1, 0, new ManualTime());
    }

    /** The last decision for a lookup, how many there were, and the calls under way. */
    private static void report(StressedLookup lookup, CallLimiter limiter, LII_Result result) {
        result.r1 = lookup.decision();
        result.r2 = lookup.decisions();
        result.r3 = limiter.stats().inFlight();
    }

    @JCStressTest
    @Description("P1: two lookups ask for the last slot at once.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One of them calls.")
    @Outcome(expect = FORBIDDEN, desc = "Both call, or none.")
    @State
    public static class LastSlot {
        private final CallLimiter limiter = oneSlot();
        private final StressedLookup one = new StressedLookup("1");
        private final StressedLookup other = new StressedLookup("2");

        @Actor
        public void askForOne() {
            limiter.acquire(one.permit);
        }

        @Actor
        public void askForTheOther() {
            limiter.acquire(other.permit);
        }

        @Arbiter
        public void atTheEnd(II_Result result) {
            result.r1 = StressedLookup.granted(one, other);
            result.r2 = limiter.stats().inFlight();
        }
    }

    @JCStressTest
    @Description("P1: a call is said to be over twice at once.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One slot is free, for the next call.")
    @Outcome(expect = FORBIDDEN, desc = "Its slot is given back twice, or never.")
    @State
    public static class OverTwice {
        private final CallLimiter limiter = oneSlot();
        private final StressedLookup call = new StressedLookup("1");
        private final StressedLookup next = new StressedLookup("2");
        private final StressedLookup afterNext = new StressedLookup("3");

        public OverTwice() {
            limiter.acquire(call.permit);
            limiter.acquire(next.permit);
            limiter.acquire(afterNext.permit);
        }

        @Actor
        public void release() {
            limiter.release(call.permit, StressedLookup.RESULT);
        }

        @Actor
        public void releaseAgain() {
            limiter.release(call.permit, null);
        }

        @Arbiter
        public void atTheEnd(II_Result result) {
            result.r1 = StressedLookup.granted(next, afterNext);
            result.r2 = limiter.stats().inFlight();
        }
    }

    @JCStressTest
    @Description("R2: four lookups ask at once where two calls may start at once.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Two calls start.")
    @Outcome(expect = FORBIDDEN, desc = "More, or fewer.")
    @State
    public static class TwoAtOnce {
        private final CallLimiter limiter = Limiters.limiter(10, 60, new ManualTime());
        private final StressedLookup one = new StressedLookup("1");
        private final StressedLookup two = new StressedLookup("2");
        private final StressedLookup three = new StressedLookup("3");
        private final StressedLookup four = new StressedLookup("4");

        public TwoAtOnce() {
            limiter.signedIn();
        }

        @Actor
        public void askForTwo() {
            limiter.acquire(one.permit);
            limiter.acquire(two.permit);
        }

        @Actor
        public void askForTwoMore() {
            limiter.acquire(three.permit);
            limiter.acquire(four.permit);
        }

        @Arbiter
        public void atTheEnd(I_Result result) {
            result.r1 = StressedLookup.granted(one, two, three, four);
        }
    }

    @JCStressTest
    @Description("P3: the caller goes while a slot becomes free for it.")
    @Outcome(id = "GRANTED, 1, 1", expect = ACCEPTABLE, desc = "It calls.")
    @Outcome(id = "CANCELLED, 1, 0", expect = ACCEPTABLE, desc = "It does not.")
    @Outcome(expect = FORBIDDEN, desc = "Two decisions, none, or a slot that is lost.")
    @State
    public static class CancelledOrGranted {
        private final CallLimiter limiter = oneSlot();
        private final StressedLookup call = new StressedLookup("1");
        private final StressedLookup next = new StressedLookup("2");

        public CancelledOrGranted() {
            limiter.acquire(call.permit);
            limiter.acquire(next.permit);
        }

        @Actor
        public void release() {
            limiter.release(call.permit, StressedLookup.RESULT);
        }

        @Actor
        public void cancel() {
            limiter.cancel(next.permit);
        }

        @Arbiter
        public void atTheEnd(LII_Result result) {
            report(next, limiter, result);
        }
    }

    @JCStressTest
    @Description("P3: the limiter is closed while a lookup asks.")
    @Outcome(id = "GRANTED, 1, 1", expect = ACCEPTABLE, desc = "It calls.")
    @Outcome(id = "DROPPED, 1, 0", expect = ACCEPTABLE, desc = "It does not.")
    @Outcome(expect = FORBIDDEN, desc = "Two decisions, none, or a slot that is lost.")
    @State
    public static class ClosedOrGranted {
        private final CallLimiter limiter = oneSlot();
        private final StressedLookup lookup = new StressedLookup("1");

        @Actor
        public void ask() {
            limiter.acquire(lookup.permit);
        }

        @Actor
        public void close() {
            limiter.close();
        }

        @Arbiter
        public void atTheEnd(LII_Result result) {
            report(lookup, limiter, result);
        }
    }

    @JCStressTest
    @Description("P9: a slot becomes free while a lookup asks for it.")
    @Outcome(id = "GRANTED, 1, 1", expect = ACCEPTABLE, desc = "It calls.")
    @Outcome(expect = FORBIDDEN, desc = "It waits though the slot is free.")
    @State
    public static class FreeWhileAsked {
        private final CallLimiter limiter = oneSlot();
        private final StressedLookup call = new StressedLookup("1");
        private final StressedLookup next = new StressedLookup("2");

        public FreeWhileAsked() {
            limiter.acquire(call.permit);
        }

        @Actor
        public void release() {
            limiter.release(call.permit, StressedLookup.RESULT);
        }

        @Actor
        public void ask() {
            limiter.acquire(next.permit);
        }

        @Arbiter
        public void atTheEnd(LII_Result result) {
            report(next, limiter, result);
        }
    }

    @JCStressTest
    @Description("P9: the first call gets its token while a second lookup asks.")
    @Outcome(id = "GRANTED, 1, 2", expect = ACCEPTABLE, desc = "The second calls too.")
    @Outcome(expect = FORBIDDEN, desc = "It waits for a token that is there.")
    @State
    public static class SignedInWhileAsked {
        private final CallLimiter limiter = Limiters.limiter(10, 60, new ManualTime());
        private final StressedLookup next = new StressedLookup("2");

        public SignedInWhileAsked() {
            limiter.acquire(new StressedLookup("1").permit);
        }

        @Actor
        public void signedIn() {
            limiter.signedIn();
        }

        @Actor
        public void ask() {
            limiter.acquire(next.permit);
        }

        @Arbiter
        public void atTheEnd(LII_Result result) {
            report(next, limiter, result);
        }
    }
}
