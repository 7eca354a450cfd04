package io.github.orderlookup.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidsTest {

    private static final int MANY = 100_000;

    @Test
    void areOfVersion4() {
        UUID guid = UUID.fromString(Guids.next());

        assertThat(guid.version()).isEqualTo(4);
        assertThat(guid.variant()).isEqualTo(2);
    }

    @Test
    void areAllDifferentWhicheverThreadAsks() {
        Set<String> guids =
                IntStream.range(0, MANY)
                        .parallel()
                        .mapToObj(index -> Guids.next())
                        .collect(Collectors.toSet());

        assertThat(guids).hasSize(MANY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5f",
                "6B3C2A10-5D4E-4F7A-9B8C-0A1B2C3D4E5F",
                "00000000-0000-0000-0000-000000000000"
            })
    void keepsACorrelationIdThatIsAGuid(String guid) {
        assertThat(Guids.correlationId(guid)).isEqualTo(guid);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                " ",
                "order 17",
                "{6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5f}",
                "6b3c2a105d4e4f7a9b8c0a1b2c3d4e5f",
                "6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5f ",
                "6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5f\n",
                "6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5g",
                "1-1-1-1-1"
            })
    void makesACorrelationIdInThePlaceOfAnythingElse(String given) {
        String made = Guids.correlationId(given);

        assertThat(made).isNotEqualTo(given);
        assertThat(UUID.fromString(made)).hasToString(made);
    }

    @Test
    void makesADifferentOneEachTime() {
        assertThat(Guids.correlationId(null)).isNotEqualTo(Guids.correlationId(null));
    }
}
