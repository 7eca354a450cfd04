package io.github.orderlookup.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    private static final String INFO =
            "2026-11-22 16:04:07.075 INFO  o.a.c.m.MainSupport  starts\n";
    private static final String WARN = "2026-11-22 16:04:07.199 WARN  o.a.k.c.NetworkClient  é\n";
    private static final String ERROR = "2026-11-22 16:04:08.254 ERROR i.g.o.Problems  failed\n";

    @TempDir Path directory;

    @Test
    void passesOnWarningsAndErrorsAloneAsTheyAreWritten() throws IOException {
        Path log = Files.writeString(directory.resolve("log"), INFO + WARN.substring(0, 40));
        List<String> passedOn = new CopyOnWriteArrayList<>();

        new LogFollower(log, passedOn::add).start();
        append(log, WARN.substring(40) + ERROR + "\tat a.stack.Trace(WARN ERROR)\n");
        append(log, WARN);

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(passedOn)
                                        .containsExactly(
                                                WARN.strip(), ERROR.strip(), WARN.strip()));
    }

    private static void append(Path log, String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }
}
