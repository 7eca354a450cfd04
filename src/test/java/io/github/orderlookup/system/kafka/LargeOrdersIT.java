package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Orders of a megabyte, more of them at once than the heap of 256 MiB could hold as objects. */
class LargeOrdersIT {

    private static final int REQUESTS = 40;

    @Test
    void fitIntoASmallHeap() {
        RunningService.Builder options =
                RunningService.builder().simulator(Simulator.builder().httpApi());
        options.topic(options.topics().results(), 2, Map.of("max.message.bytes", "2000000"));
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            service.simulator().alwaysAnswerAll(Answers.text(200, megabyteOfNumbers()));

            List<RecordMetadata> sent =
                    IntStream.range(0, REQUESTS)
                            .mapToObj(i -> asker.send(request("large-" + i)))
                            .toList();

            asker.awaitAll(sent);
            assertThat(asker.all().values())
                    .allSatisfy(
                            all -> assertThat(all).extracting(Outcome::kind).containsOnly("found"));
        }
    }

    /** A document of many small values, which takes most as objects. */
    private static String megabyteOfNumbers() {
        return "{\"numbers\":[" + "1.5,".repeat(260_000) + "0]}";
    }
}
