package io.github.orderlookup.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KafkaHeaderNamesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void areThoseOfTheVersionThatRuns() {
        assertThat(
                        List.of(
                                KafkaHeaderNames.TOPIC,
                                KafkaHeaderNames.PARTITION,
                                KafkaHeaderNames.OFFSET,
                                KafkaHeaderNames.KEY,
                                KafkaHeaderNames.HEADERS,
                                KafkaHeaderNames.OVERRIDE_TOPIC,
                                KafkaHeaderNames.PARTITION_KEY))
                .allMatch(name -> name.startsWith("kafka.") || name.startsWith("CamelKafka"))
                .doesNotHaveDuplicates();
    }

    @Test
    void saysWhichNameIsMissing() {
        assertThatThrownBy(() -> KafkaHeaderNames.declared("SUBJECT"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SUBJECT")
                .hasMessageContaining("Camel 4.18");
    }

    /** The compiler would copy the names of the version that is compiled against. */
    @Test
    void areReadNowhereElse() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            assertThat(sources.filter(Files::isRegularFile))
                    .filteredOn(file -> read(file).contains("KafkaConstants"))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("KafkaHeaderNames.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
