package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why polling pauses, by what is wrong at once; the limits are 10 pending of which a poll is 4. */
class PollPauseTest {

    private static final PollLimits LIMITS = new PollLimits(10, 4, 1_000);

    @ParameterizedTest
    @CsvSource({
        ",        ,       6,  1000, ",
        ",        ,       7,  1000, PENDING",
        ",        ,       6,  1001, MEMORY",
        ",        ,       7,  1001, MEMORY",
        ",        outage, 0,  0,    OUTAGE",
        ",        outage, 7,  1001, OUTAGE",
        "refused, ,       0,  0,    OUTCOMES",
        "refused, outage, 7,  1001, OUTCOMES"
    })
    void namesTheFirstCause(
            @Nullable String unpublished,
            @Nullable String outage,
            int pending,
            long bytes,
            @Nullable PauseReason expected) {
        Optional<PauseReason> reason =
                PollPause.cause(
                                Optional.ofNullable(unpublished),
                                Optional.ofNullable(outage),
                                pending,
                                bytes,
                                LIMITS)
                        .map(PollPause.Cause::reason);

        assertThat(reason).isEqualTo(Optional.ofNullable(expected));
    }
}
