package io.github.orderlookup.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInFailuresTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SignInException DOWN =
            SignInException.unavailable("The login host is down.", Optional.empty());
    private static final SignInException REFUSED = SignInException.refused("No such secret.");

    /** The longest back-off: 1 s, 2 s, 4 s, 5 s for a host that is down. */
    private final SignInFailures failures = new SignInFailures(() -> -1L);

    @Test
    void letsTheFirstAttemptStartAtOnce() {
        assertThat(failures.isAttemptDue(NOW)).isTrue();
        assertThat(failures.isRefused()).isFalse();
    }

    @Test
    void backsOffForLongerWithEachFailure() {
        failures.add(DOWN, false, NOW);
        assertThat(failures.isAttemptDue(NOW.plusMillis(900))).isFalse();
        assertThat(failures.isAttemptDue(NOW.plusSeconds(1))).isTrue();

        failures.add(DOWN, false, NOW);
        assertThat(failures.isAttemptDue(NOW.plusSeconds(1))).isFalse();
        assertThat(failures.isAttemptDue(NOW.plusSeconds(2))).isTrue();
    }

    @Test
    void givesTheLastFailureWithTheTimeUntilTheNextAttempt() {
        Duration wait = failures.add(DOWN, false, NOW).retryAfter().orElseThrow();

        SignInException later = failures.last(NOW.plusMillis(300));

        assertThat(later.retryAfter()).hasValue(wait.minusMillis(300));
        assertThat(later.detail()).isEqualTo(DOWN.detail());
    }

    @Test
    void isDueAtOnceWhenTheCauseMayBeGone() {
        failures.add(REFUSED, false, NOW);

        failures.retryNow();

        assertThat(failures.isAttemptDue(NOW)).isTrue();
        assertThat(failures.isRefused()).isTrue();
    }

    @Test
    void isAnOutageFromTheThirdFailureWithoutATokenOn() {
        assertThat(failures.add(DOWN, true, NOW).isOutage()).isFalse();
        assertThat(failures.add(DOWN, true, NOW).isOutage()).isFalse();
        assertThat(failures.add(DOWN, true, NOW).isOutage()).isFalse();
        assertThat(failures.add(DOWN, false, NOW).isOutage()).isFalse();
        assertThat(failures.add(DOWN, false, NOW).isOutage()).isTrue();
    }

    @Test
    void isNewsOnceAMinuteUnlessItIsAnotherFailure() {
        failures.add(DOWN, false, NOW);
        assertThat(failures.isNews(NOW)).isTrue();
        assertThat(failures.isNews(NOW.plusSeconds(59))).isFalse();
        assertThat(failures.isNews(NOW.plusSeconds(60))).isTrue();

        failures.add(REFUSED, false, NOW.plusSeconds(60));
        assertThat(failures.isNews(NOW.plusSeconds(61))).isTrue();
    }

    @Test
    void beginsAnewWithAToken() {
        failures.add(REFUSED, false, NOW);

        failures.clear();

        assertThat(failures.inARow()).isZero();
        assertThat(failures.isRefused()).isFalse();
        assertThat(failures.isAttemptDue(NOW)).isTrue();
    }
}
