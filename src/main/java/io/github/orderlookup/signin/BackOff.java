package io.github.orderlookup.signin;

import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failed token requests. Pure. */
final class BackOff {
    private static final Duration REFUSED_FIRST = Duration.ofSeconds(5);
    private static final Duration REFUSED_LONGEST = Duration.ofMinutes(1);
    private static final Duration DOWN_FIRST = Duration.ofSeconds(1);
    private static final Duration DOWN_LONGEST = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER_LONGEST = Duration.ofHours(1);

    private BackOff() {}

    /**
     * A refused credential: 5 s doubling to 1 min, since only an operator can correct it. A host
     * that is down: 1 s doubling to 5 s, so that its recovery is noticed soon. The last fifth is
     * random, so that instances do not retry in step. {@code Retry-After} is the least, up to one
     * hour.
     *
     * @param failures failed token requests in a row, this one included; at least 1
     */
    static Duration after(SignInException failure, int failures, RandomGenerator random) {
        Duration wait =
                failure.refused()
                        ? Durations.doubled(REFUSED_FIRST, failures - 1, REFUSED_LONGEST)
                        : Durations.doubled(DOWN_FIRST, failures - 1, DOWN_LONGEST);
        Duration jittered = Duration.ofMillis((long) (wait.toMillis() * random.nextDouble(0.8, 1)));
        Duration asked =
                Durations.min(failure.retryAfter().orElse(Duration.ZERO), RETRY_AFTER_LONGEST);
        return asked.compareTo(jittered) > 0 ? asked : jittered;
    }
}
