package io.github.orderlookup.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The application while it runs in an image: a child of the process that made its namespaces. */
record Service(Process process, Path output) implements AutoCloseable {

    static Service start(ProcessBuilder builder, Path output) throws IOException {
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new Service(builder.start(), output);
    }

    /** Waits until the condition holds, and fails at once when the application ends. */
    void await(Duration limit, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(limit)
                .failFast(() -> assertThat(process.isAlive()).as(printed()).isTrue())
                .until(condition);
    }

    /** Asks it to end and returns its exit code. */
    int terminate(Duration limit) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    String printed() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
