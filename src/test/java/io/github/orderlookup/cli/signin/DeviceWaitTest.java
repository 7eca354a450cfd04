package io.github.orderlookup.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.AccessToken;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.entra.DeviceCode;
import io.github.orderlookup.signin.entra.EntraApplication.Issued;
import io.github.orderlookup.signin.entra.EntraApplication.Poll;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceWaitTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Poll PENDING = new Poll(null, false);
    private static final Poll SLOW_DOWN = new Poll(null, true);
    private static final Issued ISSUED =
            new Issued(new AccessToken("token", Duration.ofHours(1)), new Secret("refresh"), null);

    private final ManualClock clock = new ManualClock();
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private final DeviceWait wait =
            new DeviceWait(
                    code -> answer(),
                    clock,
                    duration -> {
                        waits.add(duration);
                        clock.advance(duration);
                    });

    @Test
    void asksInTheIntervalUntilTheUserHasSignedIn() throws Exception {
        answers.addAll(List.of(PENDING, PENDING, new Poll(ISSUED, false)));

        assertThat(wait.await(code(900), LIMIT)).isSameAs(ISSUED);
        assertThat(waits).containsOnly(Duration.ofSeconds(5)).hasSize(3);
    }

    @Test
    void asksFiveSecondsLessOftenEachTimeItIsToldTo() throws Exception {
        answers.addAll(List.of(SLOW_DOWN, SLOW_DOWN, PENDING, new Poll(ISSUED, false)));

        wait.await(code(900), LIMIT);

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(5L, 10L, 15L, 15L);
    }

    @Test
    void endsWithTheRefusalOfTheUser() {
        answers.addAll(List.of(PENDING, SignInException.refused("The user declined.")));

        assertThatThrownBy(() -> wait.await(code(900), LIMIT)).hasMessage("The user declined.");
        assertThat(waits).hasSize(2);
    }

    @Test
    void asksAgainWhileTheLoginHostIsDown() throws Exception {
        answers.addAll(List.of(down(), down(), new Poll(ISSUED, false)));

        assertThat(wait.await(code(900), LIMIT)).isSameAs(ISSUED);
    }

    @Test
    void saysThatTheLoginHostIsDownWhenThatLastsToTheEnd() {
        answers.addAll(List.of(PENDING, down(), down(), down()));

        assertThatThrownBy(() -> wait.await(code(22), LIMIT)).hasMessage("down");
    }

    @Test
    void endsWithTheTimeLimitOrTheLifetimeOfTheCode() {
        for (int n = 0; n < 100; n++) {
            answers.add(PENDING);
        }

        assertThatThrownBy(() -> wait.await(code(900), LIMIT))
                .isInstanceOfSatisfying(
                        SignInException.class, e -> assertThat(e.refused()).isFalse())
                .hasMessageContaining("within 5 minutes");
        assertThat(waits).hasSize(60);
        assertThatThrownBy(() -> wait.await(code(30), LIMIT)).hasMessageContaining("30 seconds");
        assertThat(waits).hasSize(66);
    }

    private static SignInException down() {
        return SignInException.unavailable("down", Optional.empty());
    }

    private static DeviceCode code(int lifetime) {
        return new DeviceCode(
                new Secret("device"),
                "ABCD",
                "https://login.example/device",
                Duration.ofSeconds(lifetime),
                Duration.ofSeconds(5));
    }

    private Poll answer() throws SignInException {
        Object answer = answers.remove();
        if (answer instanceof SignInException failure) {
            throw failure;
        }
        return (Poll) answer;
    }
}
