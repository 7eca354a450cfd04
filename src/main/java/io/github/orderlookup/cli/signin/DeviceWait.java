package io.github.orderlookup.cli.signin;

import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.entra.DeviceCode;
import io.github.orderlookup.signin.entra.EntraApplication.Issued;
import io.github.orderlookup.signin.entra.EntraApplication.Poll;
import io.github.orderlookup.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Asks in intervals whether the user of a device code has signed in (RFC 8628, 3.5). */
final class DeviceWait {
    /** Source: RFC 8628, 3.5 (2019): what {@code slow_down} adds to the interval. */
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final Poller poller;
    private final InstantSource clock;
    private final Pause pause;

    /** Asks once. */
    @FunctionalInterface
    interface Poller {
        Poll poll(DeviceCode code) throws SignInException;
    }

    /** Sleeps. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /**
     * @param clock monotonic
     */
    DeviceWait(Poller poller, InstantSource clock, Pause pause) {
        this.poller = poller;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * What was issued when the user had signed in. A login host that cannot be reached meanwhile is
     * asked again.
     *
     * @param limit how long the user may take
     * @throws SignInException if the user does not sign in, in time or at all
     */
    Issued await(DeviceCode code, Duration limit) throws SignInException {
        Duration patience = Durations.min(limit, code.lifetime());
        Instant end = clock.instant().plus(patience);
        SignInException last = TimeLimit.passed(patience);
        Duration interval = code.interval();
        while (sleeps(interval, end)) {
            try {
                Poll poll = poller.poll(code);
                if (poll.issued() != null) {
                    return poll.issued();
                }
                interval = poll.slowDown() ? interval.plus(SLOWER) : interval;
                last = TimeLimit.passed(patience);
            } catch (SignInException e) {
                if (e.refused()) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    /** Whether there was time left for another question. */
    private boolean sleeps(Duration interval, Instant end) throws SignInException {
        if (clock.instant().plus(interval).isAfter(end)) {
            return false;
        }
        try {
            pause.of(interval);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInException.unavailable("Interrupted while the user signed in.", e);
        }
    }
}
