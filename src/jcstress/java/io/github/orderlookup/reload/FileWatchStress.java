package io.github.orderlookup.reload;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The timer ticks while files are looked at. */
public final class FileWatchStress {

    private FileWatchStress() {}

    @JCStressTest
    @Description("F4: two ticks at once.")
    @Outcome(id = "(1|2), 0", expect = ACCEPTABLE, desc = "One look, or two in turn.")
    @Outcome(expect = FORBIDDEN, desc = "Two looks at once, or none.")
    @State
    public static class TwoTicks {
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final FileWatch watch = new FileWatch(Runnable::run, (where, thrown) -> {});

        public TwoTicks() {
            watch.add(this::look);
        }

        private void look() {
            looks.incrementAndGet();
            if (underWay.getAndIncrement() > 0) {
                overlaps.incrementAndGet();
            }
            underWay.decrementAndGet();
        }

        @Actor
        public void tick() {
            watch.tick();
        }

        @Actor
        public void tickAgain() {
            watch.tick();
        }

        @Arbiter
        public void atTheEnd(II_Result result) {
            result.r1 = looks.get();
            result.r2 = overlaps.get();
        }
    }
}
