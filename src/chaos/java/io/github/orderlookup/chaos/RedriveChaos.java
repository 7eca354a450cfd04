package io.github.orderlookup.chaos;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.broker.TopicClient.headerText;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The command that sends failed requests again is killed while it does. */
class RedriveChaos {
    private static final int ERRORS = Integer.getInteger("order-lookup.chaos.errors", 10_000);
    private static final int KILLS = 3;
    private static final int BATCH = 500;

    /** As much as the run has to send takes this long, so that it can be killed in between. */
    private static final int SECONDS = 8;

    private static final int MAX_TIMES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void killedThreeTimes() {
        try (RunningService service =
                RunningService.builder().simulator(Simulator.builder().httpApi()).start()) {
            fail(service);

            long counted = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                killInTheMiddle(service, kill);
                counted += run(service, "--limit", "" + BATCH).path("perhapsRepeated").asLong();
            }
            JsonNode last = run(service);
            counted += last.path("perhapsRepeated").asLong();

            assertThat(last.path("ended").asText()).isEqualTo("complete");
            Map<String, List<ConsumerRecord<byte[], byte[]>>> sent = sentAgain(service, 1);
            assertThat(sent).as("none is skipped").hasSize(ERRORS);
            sent.values().forEach(records -> records.forEach(RedriveChaos::assertWhole));
            long repeated = sent.values().stream().mapToLong(List::size).sum() - ERRORS;
            assertThat(repeated).isLessThanOrEqualTo(counted);
            assertThat(counted).isLessThanOrEqualTo((long) KILLS * BATCH);
            long refused = exhaust(service);
            Finding.write(
                    new Finding(
                            "01-8-redrive-killed",
                            "`redrive` is killed (SIGKILL) three times while it sends failed"
                                    + " requests again: the next run goes on, none is skipped, at"
                                    + " most one batch is repeated for each kill, and counted;"
                                    + " none is sent again more often than `--max-times`.",
                            "RedriveChaos.killedThreeTimes",
                            List.of(
                                    ERRORS + " problems",
                                    sent.size() + " requests sent again",
                                    repeated + " repeated",
                                    counted + " counted as perhaps repeated",
                                    refused + " refused after " + MAX_TIMES + " times")));
        }
    }

    /** Every request fails, and the service ends. */
    private static void fail(RunningService service) {
        service.client()
                .sendAll(
                        IntStream.range(0, ERRORS)
                                .mapToObj(number -> request(service, number))
                                .toList());
        awaitErrors(service, ERRORS);
        service.process().terminate();
    }

    private static ProducerRecord<byte[], byte[]> request(RunningService service, int number) {
        return new ProducerRecord<>(
                service.topics().requests(),
                null,
                bytes("key-" + number),
                bytes(Load.request(CUSTOMER, "missing-" + number)),
                List.of(
                        header("MS-CorrelationId", new UUID(0, number).toString()),
                        header("ce_specversion", "1.0"),
                        header("ce_id", "cause-" + number),
                        header("kafka_correlationId", bytes("correlation-" + number))));
    }

    private static void assertWhole(ConsumerRecord<byte[], byte[]> again) {
        int number = Integer.parseInt(text(again.key()).substring("key-".length()));
        assertThat(text(again.value()))
                .isEqualTo(
                        "{\"customerId\":\"%s\",\"orderId\":\"missing-%d\"}"
                                .formatted(CUSTOMER, number));
        assertThat(headerText(again, "MS-CorrelationId")).hasValue(new UUID(0, number).toString());
        assertThat(headerText(again, "ce_id")).hasValue("cause-" + number);
        assertThat(headerText(again, "kafka_correlationId")).hasValue("correlation-" + number);
    }

    private static void killInTheMiddle(RunningService service, int kill) {
        long before = size(service, service.topics().requests());
        try (ChildProcess run = redrive(service, "--rate", "" + ERRORS / SECONDS).start()) {
            long enough = before + (long) ERRORS * (1 + kill) / (8 * KILLS) + 1;
            run.await("send", () -> size(service, service.topics().requests()) >= enough);
            run.kill();
        }
    }

    /** Lets the service fail everything again and again until nothing may be sent any more. */
    private static long exhaust(RunningService service) {
        for (int times = 1; times < MAX_TIMES; times++) {
            failAgain(service);
            assertThat(run(service).path("sent").asLong()).isGreaterThanOrEqualTo(ERRORS);
        }
        failAgain(service);
        JsonNode refused = run(service);
        assertThat(refused.path("sent").asLong()).isZero();
        assertThat(sentAgain(service, MAX_TIMES)).hasSize(ERRORS);
        assertThat(sentAgain(service, MAX_TIMES + 1)).isEmpty();
        return refused.at("/skipped/max-times").asLong();
    }

    private static void failAgain(RunningService service) {
        service.restart();
        awaitErrors(service, size(service, service.topics().requests()));
        service.process().terminate();
    }

    /** A run that nothing disturbs. */
    private static JsonNode run(RunningService service, String... options) {
        try (ChildProcess run = redrive(service, options).start()) {
            assertThat(run.awaitExit(PATIENCE)).as(run.stderr()).isZero();
            return Outcome.json(bytes(run.stdout()));
        }
    }

    private static JavaCommand redrive(RunningService service, String... options) {
        return JarProcess.in(service.directory())
                .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .arguments("redrive", "--json", "--type", "order-not-found")
                .arguments(options);
    }

    /** The requests that were sent again for the so manieth time, by key. */
    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> sentAgain(
            RunningService service, int times) {
        return service.client().readAll(service.topics().requests()).stream()
                .filter(
                        record ->
                                headerText(record, "order-lookup-redriven")
                                        .filter(Integer.toString(times)::equals)
                                        .isPresent())
                .collect(groupingBy(record -> text(record.key())));
    }

    /** Waits until so many requests have failed: each has one problem. */
    private static void awaitErrors(RunningService service, long count) {
        await().atMost(PATIENCE).until(() -> size(service, service.topics().errors()) >= count);
    }

    private static long size(RunningService service, String topic) {
        Set<Integer> partitions = new HashSet<>(List.of(0, 1));
        if (topic.equals(service.topics().requests())) {
            partitions.addAll(List.of(2, 3));
        }
        try {
            return service
                    .broker()
                    .admin()
                    .listOffsets(
                            partitions.stream()
                                    .collect(
                                            Collectors.toMap(
                                                    partition ->
                                                            new TopicPartition(topic, partition),
                                                    partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
