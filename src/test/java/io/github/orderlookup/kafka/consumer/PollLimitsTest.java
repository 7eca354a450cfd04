package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollLimitsTest {

    private static final PollLimits AHEAD = new PollLimits(600, 10, 1_000, true);
    private static final PollLimits PLAIN = new PollLimits(600, 10, 1_000);

    @ParameterizedTest
    @CsvSource({"90, 6, false", "91, 6, true", "0, 600, false", "1, 600, true", "590, 1, false"})
    void eachPartitionHasAnEqualShareOfWhatIsReadAhead(int pending, int partitions, boolean full) {
        assertThat(AHEAD.isPartitionFull(pending, partitions)).isEqualTo(full);
        assertThat(PLAIN.isPartitionFull(pending, partitions)).isFalse();
    }

    @Test
    void theNumberOfAllRecordsStopsOnlyWhatIsNotReadAhead() {
        assertThat(PLAIN.isFull(591, 0)).isTrue();
        assertThat(AHEAD.isFull(5_000, 0)).isFalse();
        assertThat(AHEAD.isFull(0, 1_001)).isTrue();
    }
}
