package io.github.orderlookup.kafka.tracking;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The poll thread takes and commits while other threads settle. */
public final class OffsetTrackerStress {

    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final int NOTHING = -1;

    private OffsetTrackerStress() {}

    /** A tracker with one partition. */
    private static final class OnePartition {
        final OffsetTracker tracker = new OffsetTracker(CLOCK);

        TrackedRecord take(long offset, long bytes) {
            return tracker.take(PARTITION, offset, bytes);
        }

        /** The offset that may be committed; {@link #NOTHING} for none. */
        int committable() {
            return offset(tracker.committable());
        }

        /** Commits as the poll thread does. */
        int commit() {
            Map<TopicPartition, OffsetAndMetadata> found = tracker.committable();
            tracker.committed(found);
            return offset(found);
        }

        /** The offset that may be committed, the records that are pending, and their bytes. */
        void report(III_Result result) {
            result.r1 = committable();
            result.r2 = tracker.pending();
            result.r3 = (int) tracker.bytes();
        }

        private static int offset(Map<TopicPartition, OffsetAndMetadata> found) {
            OffsetAndMetadata offset = found.get(PARTITION);
            return offset == null ? NOTHING : (int) offset.offset();
        }
    }

    @JCStressTest
    @Description("O1: two records are answered at once, the one behind them is not.")
    @Outcome(id = "(-1|2), 2", expect = ACCEPTABLE, desc = "Up to the record under way.")
    @Outcome(expect = FORBIDDEN, desc = "Beyond it, or less than what is answered.")
    @State
    public static class AnsweredAtOnce {
        private final OnePartition one = new OnePartition();
        private final TrackedRecord first = one.take(0, 0);
        private final TrackedRecord second = one.take(1, 0);
        private final TrackedRecord underWay = one.take(2, 0);

        @Actor
        public void answerFirst() {
            one.tracker.done(first);
        }

        @Actor
        public void answerSecond(II_Result result) {
            one.tracker.done(second);
            result.r1 = one.committable();
        }

        @Arbiter
        public void atTheEnd(II_Result result) {
            result.r2 = underWay.isDone() ? NOTHING : one.committable();
        }
    }

    @JCStressTest
    @Description("O3, O8: a record is answered and dropped at once.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Answered.")
    @Outcome(id = "-1, 1, 0", expect = ACCEPTABLE, desc = "Dropped.")
    @Outcome(expect = FORBIDDEN, desc = "Settled twice.")
    @State
    public static class SettledTwice {
        private final OnePartition one = new OnePartition();
        private final TrackedRecord record = one.take(0, 3);

        @Actor
        public void answer() {
            one.tracker.done(record);
        }

        @Actor
        public void drop() {
            one.tracker.drop(record);
        }

        @Arbiter
        public void atTheEnd(III_Result result) {
            one.report(result);
        }
    }

    @JCStressTest
    @Description("O4, O8: a record is taken while the one before is answered.")
    @Outcome(id = "1, 2, 5", expect = ACCEPTABLE, desc = "Both count.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost.")
    @State
    public static class TakenWhileAnswered {
        private final OnePartition one = new OnePartition();
        private final TrackedRecord record = one.take(0, 3);

        @Actor
        public void take() {
            one.take(1, 5);
        }

        @Actor
        public void answer() {
            one.tracker.done(record);
        }

        @Arbiter
        public void atTheEnd(III_Result result) {
            one.report(result);
        }
    }

    @JCStressTest
    @Description("O4: a record is answered while a commit is under way.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The commit does not cover it.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "The commit covers it.")
    @Outcome(expect = FORBIDDEN, desc = "Counted as committed and is not, or the other way round.")
    @State
    public static class AnsweredWhileCommitting {
        private final OnePartition one = new OnePartition();
        private final TrackedRecord record;

        public AnsweredWhileCommitting() {
            one.tracker.done(one.take(0, 0));
            record = one.take(1, 0);
        }

        @Actor
        public void commit(II_Result result) {
            result.r1 = one.commit();
        }

        @Actor
        public void answer() {
            one.tracker.done(record);
        }

        @Arbiter
        public void atTheEnd(II_Result result) {
            result.r2 = one.tracker.pending();
        }
    }

    @JCStressTest
    @Description("O6: the partition begins anew while a record of the old offsets is answered.")
    @Outcome(id = "-1, 1, 5", expect = ACCEPTABLE, desc = "The new record alone counts.")
    @Outcome(expect = FORBIDDEN, desc = "The old record changed an offset or a count.")
    @State
    public static class BegunAnew {
        private final OnePartition one = new OnePartition();
        private final TrackedRecord old = one.take(0, 3);

        @Actor
        public void beginAnew() {
            one.take(0, 5);
        }

        @Actor
        public void answerTheOldOne() {
            one.tracker.done(old);
        }

        @Arbiter
        public void atTheEnd(III_Result result) {
            one.report(result);
        }
    }

    @JCStressTest
    @Description("O9: a listener is set while the partition goes to another instance.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Called once.")
    @Outcome(expect = FORBIDDEN, desc = "Called never, or twice.")
    @State
    public static class ListenerWhileGivenUp {
        private final OnePartition one = new OnePartition();
        private final TrackedRecord record = one.take(0, 0);
        private final AtomicInteger calls = new AtomicInteger();

        @Actor
        public void listen() {
            record.onAbandoned(calls::incrementAndGet);
        }

        @Actor
        public void giveUp() {
            one.tracker.forget(List.of(PARTITION));
        }

        @Arbiter
        public void atTheEnd(I_Result result) {
            result.r1 = calls.get();
        }
    }
}
