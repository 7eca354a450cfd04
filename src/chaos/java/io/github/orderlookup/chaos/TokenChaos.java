package io.github.orderlookup.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tokens change under load, in two processes that share a token store. */
class TokenChaos {
    private static final int PER_SECOND = 100;
    private static final int EXPIRING = 10;
    private static final int REVOCATIONS = 4;
    private static final Duration LIFETIME = Duration.ofSeconds(5);
    private static final Duration LOGIN = Duration.ofMillis(300);

    @Test
    void twoInstancesRenewFromOneStore() throws IOException {
        Path store = Files.createTempDirectory(Path.of("target"), "store-").resolve("tokens");
        try (RunningService first =
                        appUser(RunningService.builder(), store)
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .start();
                RunningService second = appUser(RunningService.beside(first), store).start();
                Load load = new Load(first)) {
            first.simulator().tokenLifetime(LIFETIME);
            first.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(200));
            first.simulator().loginLatency(LOGIN);
            new Group(first).awaitMembers(2);
            load.start(PER_SECOND);
            load.awaitOutcomes(EXPIRING * PER_SECOND);
            first.simulator().tokenLifetime(Duration.ofHours(1));
            load.awaitOutcomes((EXPIRING + 6) * PER_SECOND);
            for (int i = 0; i < REVOCATIONS; i++) {
                first.simulator().revokeAccessTokens();
                load.awaitOutcomes(load.answered() + 3 * PER_SECOND);
            }
            load.stop();
            load.awaitOutcomes();

            List<String> used =
                    first.simulator().loginLog().all().stream()
                            .map(Received::form)
                            .map(form -> form.get("refresh_token"))
                            .filter(Objects::nonNull)
                            .toList();
            assertThat(load.lost()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(used).hasSizeGreaterThan(2 * REVOCATIONS).doesNotHaveDuplicates();
            Finding.write(
                    "06-1-renewal",
                    "Tokens expire and are revoked in the middle of load, and two processes that"
                            + " share a token store renew them at once: no lookup fails, no refresh"
                            + " token is used twice.",
                    "TokenChaos.twoInstancesRenewFromOneStore",
                    load,
                    used.size() + " renewals");
        }
    }

    private static RunningService.Builder appUser(RunningService.Builder options, Path store) {
        return options.setting("partner-center.auth-mode", "app-user")
                .setting("partner-center.refresh-token", Simulator.REFRESH_TOKEN)
                .setting("partner-center.token-store", store.toAbsolutePath().toString());
    }
}
