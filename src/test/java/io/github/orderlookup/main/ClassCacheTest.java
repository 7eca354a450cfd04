package io.github.orderlookup.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.main.ClassCache.Use;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCacheTest {

    @TempDir private Path directory;
    private Path cache;
    private Path mappings;

    @BeforeEach
    void prepare() throws IOException {
        cache = Files.createFile(directory.resolve("order-lookup.cache")).toRealPath();
        mappings = directory.resolve("maps");
        Files.writeString(
                mappings,
                """
                800000000-8021e7000 rw-p 00001000 fe:00 42    %s
                7f6f9e400000-7f6f9e6e3000 r--p 00000000 fe:00 7    /usr/lib/libjvm.so
                """
                        .formatted(cache));
    }

    @Test
    void isNoneWhereTheJvmWasGivenNone() {
        assertThat(ClassCache.of(List.of("-Xmx1g", "-XX:+UseSerialGC"), mappings)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:SharedArchiveFile=", "-XX:AOTCache="})
    void isUsedWhereItIsMapped(String option) {
        assertThat(ClassCache.of(List.of("-Xmx1g", option + cache), mappings))
                .contains(new ClassCache(cache, Use.USED));
    }

    @Test
    void isRefusedWhereOnlyAnotherFileIsMapped() throws IOException {
        Path other = Files.createFile(directory.resolve("other.cache"));

        assertThat(ClassCache.of(List.of("-XX:AOTCache=" + other), mappings))
                .contains(new ClassCache(other, Use.REFUSED));
    }

    @Test
    void isMissingWhereThereIsNoFile() {
        Path missing = directory.resolve("missing");

        assertThat(ClassCache.of(List.of("-XX:AOTCache=" + missing), mappings))
                .contains(new ClassCache(missing, Use.MISSING));
    }

    @Test
    void isUnknownWhereTheMachineDoesNotShowWhatIsMapped() {
        assertThat(ClassCache.of(List.of("-XX:AOTCache=" + cache), directory.resolve("none")))
                .contains(new ClassCache(cache, Use.UNKNOWN));
    }

    @Test
    void isTheLastOneAndTheUpperOne() {
        String two = "base.jsa" + File.pathSeparator + cache;

        assertThat(
                        ClassCache.of(
                                List.of("-XX:AOTCache=first", "-XX:SharedArchiveFile=" + two),
                                mappings))
                .contains(new ClassCache(cache, Use.USED));
    }
}
