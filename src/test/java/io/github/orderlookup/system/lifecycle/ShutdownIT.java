package io.github.orderlookup.system.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** SIGTERM to the packaged jar: calls under way end, what was answered is committed. */
class ShutdownIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int REQUESTS = 400;

    @Test
    void endsInOrderIdleAndUnderLoad() {
        RunningService.Builder options =
                RunningService.builder()
                        .setting("order-lookup.max-in-flight", "16")
                        .setting("order-lookup.collapse", "false");
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            asker.ask(Asker.request("order--before"));
            assertThatItEndsInOrder(service.process());

            service.restart();
            // A lookup that meets the first sign-in gives its slot back and queues anew.
            await().atMost(LIMIT)
                    .until(() -> new RestClient(service).lookUp("order--warm").statusCode() == 200);
            service.simulator().latency(Duration.ofMillis(50), Duration.ofMillis(250));
            List<RecordMetadata> asked = askFor(REQUESTS, service);
            await().atMost(LIMIT).until(() -> asker.all().size() > REQUESTS / 10);
            service.simulator().answer("order--slow", Answers.delayed(Duration.ofSeconds(2)));
            CompletableFuture<HttpResponse<String>> underWay =
                    new RestClient(service).lookUpAside("order--slow");
            await().atMost(LIMIT)
                    .until(() -> !service.simulator().apiLog().forOrder("order--slow").isEmpty());
            assertThatItEndsInOrder(service.process());

            assertThat(underWay).succeedsWithin(LIMIT).returns(200, HttpResponse::statusCode);
            Set<String> answered = new HashSet<>(asker.all().keySet());
            assertThat(answered).hasSizeLessThan(REQUESTS);
            assertThat(committed(service, asked)).isNotEmpty().isSubsetOf(answered);

            service.simulator().latency(Duration.ZERO);
            service.restart();
            asker.awaitAll(asked);
            assertThat(asker.all().values())
                    .allSatisfy(outcomes -> assertThat(outcomes.get(0).kind()).isEqualTo("found"));
        }
    }

    @Test
    void dropsALookupWhoseCallDoesNotEnd() {
        RunningService.Builder options =
                RunningService.builder().setting("order-lookup.max-attempts", "1");
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            service.simulator().alwaysAnswer("order--hung", Answers.hang());
            RecordMetadata asked = asker.send(Asker.request("order--hung"));
            await().atMost(LIMIT).until(() -> service.simulator().inFlight() == 1);
            CompletableFuture<HttpResponse<String>> meanwhile =
                    new RestClient(service).lookUpAside("order--hung");
            await().atMost(LIMIT).until(() -> service.simulator().inFlight() == 2);
            assertThatItEndsInOrder(service.process());

            assertThat(meanwhile).succeedsWithin(LIMIT).returns(503, HttpResponse::statusCode);
            assertThat(asker.all()).isEmpty();
            assertThat(committed(service, List.of(asked))).isEmpty();

            service.simulator().answerNormally();
            service.restart();
            assertThat(asker.outcome(asked).kind()).isEqualTo("found");
        }
    }

    private static void assertThatItEndsInOrder(ChildProcess process) {
        process.signalTermination();

        assertThat(process.awaitExit(LIMIT)).isEqualTo(143);
        assertThat(process.stdout())
                .doesNotContain("\"level\":\"ERROR\"", "\"level\":\"WARN\"")
                .doesNotContain(Simulator.CLIENT_SECRET, RunningService.API_KEY);
        assertThat(process.stdout().lines().filter(line -> line.contains("order--")))
                .as("lines for lookups, of which all but the dropped ones have succeeded")
                .allSatisfy(line -> assertThat(line).contains("\"outcome\":\"overloaded\""));
        assertThat(process.stderr().lines())
                .as("standard error, but for what a JDK has to say of its libraries")
                .filteredOn(line -> !line.startsWith("WARNING: "))
                .isEmpty();
    }

    private static List<RecordMetadata> askFor(int count, RunningService service) {
        return service.client()
                .sendAll(
                        IntStream.range(0, count)
                                .mapToObj(i -> Asker.bytes(Asker.request("order--" + i)))
                                .map(value -> request(service, value))
                                .toList());
    }

    private static ProducerRecord<byte[], byte[]> request(RunningService service, byte[] value) {
        return new ProducerRecord<>(service.topics().requests(), value);
    }

    /** The event ids of the requests that will not be read again. */
    private static Set<String> committed(RunningService service, List<RecordMetadata> asked) {
        Map<TopicPartition, Long> offsets =
                service.client().committedOffsets(service.topics().group());
        Set<String> committed = new HashSet<>();
        for (RecordMetadata request : asked) {
            var partition = new TopicPartition(request.topic(), request.partition());
            if (request.offset() < offsets.getOrDefault(partition, 0L)) {
                committed.add(Asker.eventId(request));
            }
        }
        return committed;
    }
}
