package io.github.orderlookup.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
}
