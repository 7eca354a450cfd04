package io.github.orderlookup.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one test promises and has measured: a row of the table.
 *
 * @param row where it stands in the table, e.g. {@code 02-broker-stopped}
 * @param test class and method
 * @param measured each with its unit or its noun
 */
record Finding(String row, String promise, String test, List<String> measured) {

    static final Path DIRECTORY = Path.of("target", "chaos");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Notes what the load has counted, and more that was measured; a failed test notes nothing. */
    static void write(String row, String promise, String test, Load load, String... more) {
        List<String> measured =
                new ArrayList<>(
                        List.of(
                                load.sent() + " requests",
                                load.outcomes() + " outcomes",
                                load.lost() + " lost",
                                load.repeated() + " repeated"));
        measured.addAll(List.of(more));
        write(new Finding(row, promise, test, measured));
    }

    static void write(Finding finding) {
        try {
            Files.createDirectories(DIRECTORY);
            MAPPER.writeValue(DIRECTORY.resolve(finding.row() + ".json").toFile(), finding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Finding read(Path file) {
        try {
            return MAPPER.readValue(file.toFile(), Finding.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For how long, at most, the requests that were not asked aside had no outcomes. */
    static String others(Duration silence) {
        return "at most " + seconds(silence) + " without outcomes for others";
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
