package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.system.Asker.bytes;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Records that cannot be read hold up their own partition, and are not passed over. */
class KafkaUnreadableIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void readsTheOtherPartitionsAndTheBrokenOneOnceItIsMended() throws Exception {
        try (Broker broker = Broker.start();
                RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi())
                                .broker(broker)
                                .start();
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            asker.ask(request("order--first"));
            asker.awaitCommitOfEverything();
            service.process().terminate();
            RecordMetadata broken = asker.sendTo(0, request("order--broken"));
            long bit = broker.flipLastBit(service.topics().requests(), 0);
            RecordMetadata behind = asker.sendTo(0, request("order--behind"));
            List<RecordMetadata> others = new ArrayList<>();
            for (int partition = 1; partition < 4; partition++) {
                others.add(asker.sendTo(partition, request("order--other-" + partition)));
            }

            service.restart();
            asker.awaitAll(others);
            String where = "partition 0 cannot be read at offset " + broken.offset();
            await().atMost(PATIENCE).until(() -> rest.readiness().contains(where));

            assertThat(rest.readiness()).contains(service.topics().requests());
            assertThat(asker.outcome(asker.sendTo(1, request("order--later"))).kind())
                    .isEqualTo("found");
            assertThat(service.process().stdout().lines())
                    .filteredOn(line -> line.contains("cannot be read at offset"))
                    .hasSize(1);
            assertThat(service.process().stdout().length()).isLessThan(100_000);
            assertThat(asker.all())
                    .doesNotContainKeys(Asker.eventId(broken), Asker.eventId(behind));
            broker.flipBit(service.topics().requests(), 0, bit);
            asker.awaitAll(List.of(broken, behind));
            asker.awaitCommitOfEverything();
            await().atMost(PATIENCE).until(rest::isReady);
        }
    }

    @Test
    void outlivesAnErrorInThePollThread() throws Exception {
        RunningService.Builder options =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi())
                        .property("org.xerial.snappy.disable.bundled.libs", "true");
        try (RunningService service = options.start();
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            asker.ask(request("order--first"));
            String topic = service.topics().requests();
            try (KafkaProducer<byte[], byte[]> snappy =
                    new KafkaProducer<>(
                            Map.of(
                                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                    service.broker().bootstrapServers(),
                                    ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                    "snappy"),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                snappy.send(new ProducerRecord<>(topic, 0, null, bytes(request("order--packed"))))
                        .get(30, TimeUnit.SECONDS);
            }

            await().atMost(PATIENCE)
                    .until(() -> rest.readiness().contains("partition 0 cannot be read"));

            assertThat(asker.outcome(asker.sendTo(1, request("order--plain"))).kind())
                    .isEqualTo("found");
            assertThat(service.process().stdout().length()).isLessThan(100_000);
        }
    }
}
