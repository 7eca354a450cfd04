package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** A group that does not let us in. */
class KafkaGroupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void namesAMemberWithAnotherAssignorAndGoesOnWithoutIt() {
        RunningService.Builder options =
                RunningService.builder().simulator(Simulator.builder().httpApi());
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            asker.ask(request("order--first"));
            asker.awaitCommitOfEverything();
            service.process().terminate();
            try (KafkaConsumer<byte[], byte[]> other = other(service)) {
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    other.poll(Duration.ofMillis(100));
                                    return !other.assignment().isEmpty();
                                });
                service.restart();

                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    other.poll(Duration.ofMillis(100));
                                    return rest.readiness().contains("partition assignor");
                                });
                assertThat(rest.isAlive()).isTrue();
                assertThat(service.process().stdout().lines().count()).isLessThan(100);
            }

            assertThat(asker.ask(request("order--after")).kind()).isEqualTo("found");
            await().atMost(PATIENCE).until(rest::isReady);
        }
    }

    private static KafkaConsumer<byte[], byte[]> other(RunningService service) {
        KafkaConsumer<byte[], byte[]> other =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                service.broker().bootstrapServers(),
                                ConsumerConfig.GROUP_ID_CONFIG,
                                service.topics().group(),
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                RangeAssignor.class.getName()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        other.subscribe(List.of(service.topics().requests()));
        return other;
    }
}
