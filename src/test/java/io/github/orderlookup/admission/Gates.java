package io.github.orderlookup.admission;

import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.memory.MemoryShares;
import io.github.orderlookup.memory.ResponseMemory;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Gates in a time that passes only when told, whose decisions are delivered on the thread at hand.
 */
public final class Gates {

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private Gates() {}

    public static CallLimiter gate(int slots, int requestsPerMinute, HandTime time) {
        return gate(slots, requestsPerMinute, shares(1_000_000), time, Runnable::run);
    }

    public static CallLimiter gate(
            int slots,
            int requestsPerMinute,
            MemoryShares memory,
            HandTime time,
            Executor executor) {
        return new CallLimiter(
                slots,
                new Health(slots),
                LONGEST_PAUSE,
                new RateLimiter(requestsPerMinute),
                memory,
                time.clock(),
                LookupThreads.all(executor),
                time.timer(),
                (where, thrown) -> {
                    if (thrown instanceof AssertionError failed) {
                        throw failed;
                    }
                });
    }

    static MemoryShares shares(long limit) {
        return new MemoryShares(new ResponseMemory(limit), new ResponseMemory(limit));
    }
}
