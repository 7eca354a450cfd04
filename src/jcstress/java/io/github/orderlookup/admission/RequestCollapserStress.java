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
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.ZLI_Result;

/** Lookups of one order join, lead and leave a shared call while it starts and ends. */
public final class RequestCollapserStress {

    private RequestCollapserStress() {}

    /** One slot, held by the call for another order, and lookups that wait for the same order. */
    private static final class SharedOrder {
        final CallLimiter limiter = Limiters.limiter(1, 0, new ManualTime());
        final StressedLookup ahead = new StressedLookup("another");
        final StressedLookup first = new StressedLookup("shared");
        final StressedLookup second = new StressedLookup("shared");
        final StressedLookup third = new StressedLookup("shared");

        SharedOrder() {
            limiter.acquire(ahead.permit);
            limiter.acquire(first.permit);
        }

        void end(StressedLookup call) {
            limiter.release(call.permit, StressedLookup.RESULT);
        }

        /** Ends the call of one lookup; reports what was decided for both, and how often. */
        void endAndReport(StressedLookup one, StressedLookup other, LLI_Result result) {
            end(one);
            result.r1 = one.decision();
            result.r2 = other.decision();
            result.r3 = one.decisions() + other.decisions();
        }
    }

    @JCStressTest
    @Description("P5: a lookup asks for an order while the call for it starts.")
    @Outcome(id = "false, SHARED, 1", expect = ACCEPTABLE, desc = "Joined before the start.")
    @Outcome(id = "(true|false), GRANTED, 1", expect = ACCEPTABLE, desc = "A call of its own.")
    @Outcome(expect = FORBIDDEN, desc = "Joined after the start, or lost.")
    @State
    public static class AskedWhileStarting {
        private final SharedOrder order = new SharedOrder();

        @Actor
        public void start() {
            order.end(order.ahead);
        }

        @Actor
        public void ask(ZLI_Result result) {
            result.r1 = order.first.isGranted();
            order.limiter.acquire(order.second.permit);
        }

        @Arbiter
        public void atTheEnd(ZLI_Result result) {
            order.end(order.first);
            result.r2 = order.second.decision();
            result.r3 = order.second.decisions();
        }
    }

    @JCStressTest
    @Description("P6: a shared call ends without a result while the caller of a follower goes.")
    @Outcome(id = "CANCELLED, GRANTED, 2", expect = ACCEPTABLE, desc = "The other one calls.")
    @Outcome(id = "GRANTED, SHARED, 2", expect = ACCEPTABLE, desc = "It calls, for both.")
    @Outcome(expect = FORBIDDEN, desc = "A follower is lost, or decided twice.")
    @State
    public static class EndedWithoutResult {
        private final SharedOrder order = new SharedOrder();

        public EndedWithoutResult() {
            order.limiter.acquire(order.second.permit);
            order.limiter.acquire(order.third.permit);
            order.end(order.ahead);
        }

        @Actor
        public void endWithoutResult() {
            order.limiter.release(order.first.permit, null);
        }

        @Actor
        public void cancel() {
            order.limiter.cancel(order.second.permit);
        }

        @Arbiter
        public void atTheEnd(LLI_Result result) {
            order.endAndReport(order.second, order.third, result);
        }
    }

    @JCStressTest
    @Description("P7: the caller of the lookup that leads goes while its call starts.")
    @Outcome(id = "CANCELLED, GRANTED, 2", expect = ACCEPTABLE, desc = "The follower calls.")
    @Outcome(id = "GRANTED, SHARED, 2", expect = ACCEPTABLE, desc = "The call is for both.")
    @Outcome(expect = FORBIDDEN, desc = "The follower is lost, or decided twice.")
    @State
    public static class LeaderCancelled {
        private final SharedOrder order = new SharedOrder();

        public LeaderCancelled() {
            order.limiter.acquire(order.second.permit);
        }

        @Actor
        public void start() {
            order.end(order.ahead);
        }

        @Actor
        public void cancel() {
            order.limiter.cancel(order.first.permit);
        }

        @Arbiter
        public void atTheEnd(LLI_Result result) {
            order.endAndReport(order.first, order.second, result);
        }
    }
}
