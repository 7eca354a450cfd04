package io.github.orderlookup.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenReplacementsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final TokenReplacements replacements = new TokenReplacements();

    @Test
    void replacesNoTokenThatWasNotRefused() {
        assertThat(replacements.start(NOW)).isFalse();
        assertThat(replacements.isRefused()).isFalse();
        assertThat(replacements.isNone()).isTrue();
    }

    @Test
    void replacesTheFirstRefusedTokenAtOnce() {
        replacements.refuse();

        assertThat(replacements.untilNext(NOW)).isZero();
        assertThat(replacements.start(NOW)).isTrue();
        assertThat(replacements.isRefused()).isFalse();
    }

    @Test
    void startsOneReplacementForARefusal() {
        replacements.refuse();
        replacements.start(NOW);

        assertThat(replacements.start(NOW)).isFalse();
    }

    @Test
    void putsFurtherReplacementsOffForTwiceAsLongEach() {
        Instant now = NOW;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            replace(now);
            replacements.refuse();

            assertThat(replacements.start(now.plusSeconds(seconds).minusMillis(1))).isFalse();
            assertThat(replacements.untilNext(now)).isEqualTo(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
        }
    }

    @Test
    void beginsAnewOnceATokenIsAccepted() {
        replace(NOW);
        assertThat(replacements.isNone()).isFalse();

        replacements.accepted();
        replacements.refuse();

        assertThat(replacements.isNone()).isTrue();
        assertThat(replacements.start(NOW)).isTrue();
    }

    @Test
    void countsNoTokenThatReplacedNone() {
        replacements.issued(NOW);

        assertThat(replacements.isNone()).isTrue();
    }

    private void replace(Instant now) {
        replacements.refuse();
        assertThat(replacements.start(now)).isTrue();
        replacements.issued(now);
    }
}
