package io.github.orderlookup.system.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.system.HeapHog;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A process whose memory is exhausted ends, however it was started, and says so. */
class ExhaustedHeapIT {

    @Test
    void endsWithCode70WhenTheHeapIsExhausted() throws IOException {
        Path directory =
                Files.createTempDirectory(
                                Files.createDirectories(Path.of("target", "starts")), "exhausted-")
                        .toAbsolutePath();
        Path trigger = directory.resolve("now");
        try (RunningService service =
                RunningService.builder()
                        .withoutKafka()
                        .jvmOption("-javaagent:" + HeapHog.jar(directory) + "=" + trigger)
                        .start()) {
            assertThat(new RestClient(service).isReady()).isTrue();

            Files.createFile(trigger);

            assertThat(service.process().awaitExit()).isEqualTo(70);
            assertThat(service.process().stderr())
                    .contains("ends with exit code 70: the memory of the process is exhausted");
        }
    }
}
