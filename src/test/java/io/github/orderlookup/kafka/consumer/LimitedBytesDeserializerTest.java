package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.consumer.LimitedBytesDeserializer.TooLarge;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitedBytesDeserializerTest {

    @ParameterizedTest
    @CsvSource({"true, 16384", "false, 65536"})
    void keepsTheBeginningAloneOfWhatIsTooLarge(boolean isKey, int largest) {
        LimitedBytesDeserializer bytes = new LimitedBytesDeserializer();
        bytes.configure(Map.of(), isKey);

        assertThat(bytes.deserialize("t", new byte[largest])).isInstanceOf(byte[].class);
        assertThat(bytes.deserialize("t", new byte[largest + 1]))
                .isInstanceOfSatisfying(
                        TooLarge.class, cut -> assertThat(cut.start()).hasSize(1_024));
        assertThat(bytes.deserialize("t", new RecordHeaders(), ByteBuffer.allocate(largest)))
                .isInstanceOfSatisfying(byte[].class, all -> assertThat(all).hasSize(largest));
        assertThat(bytes.deserialize("t", new RecordHeaders(), ByteBuffer.allocate(largest + 1)))
                .isInstanceOfSatisfying(
                        TooLarge.class, cut -> assertThat(cut.start()).hasSize(1_024));
        assertThat(bytes.deserialize("t", (byte[]) null)).isNull();
        assertThat(bytes.deserialize("t", new RecordHeaders(), (ByteBuffer) null)).isNull();
    }
}
