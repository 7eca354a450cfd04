package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.memory.ResponseMemory;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Call limiters by a {@link ManualTime}, whose decisions are delivered on the calling thread. */
public final class Limiters {

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private Limiters() {}

    public static CallLimiter limiter(int slots, int requestsPerMinute, ManualTime time) {
        return limiter(slots, requestsPerMinute, shares(1_000_000), time, Runnable::run);
    }

    public static CallLimiter limiter(
            int slots,
            int requestsPerMinute,
            ResponseMemory.Shares memory,
            ManualTime time,
            Executor executor) {
        return new CallLimiter(
                slots,
                new Health(slots),
                LONGEST_PAUSE,
                new RateLimiter(requestsPerMinute),
                memory,
                time.clock(),
                new LookupThreads(executor, executor, executor),
                time.timer(),
                (where, thrown) -> {
                    if (thrown instanceof AssertionError failed) {
                        throw failed;
                    }
                });
    }

    static ResponseMemory.Shares shares(long limit) {
        return new ResponseMemory.Shares(new ResponseMemory(limit), new ResponseMemory(limit));
    }
}
