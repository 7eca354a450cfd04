package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.broker.BrokerAnswer.Refused;
import io.github.orderlookup.cli.broker.BrokerClients;
import io.github.orderlookup.cli.redrive.Summary.End;
import io.github.orderlookup.settings.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/**
 * One run: reads what the errors topic holds at its start, and sends again what is selected.
 *
 * <p>An offset is committed once the broker has acknowledged the requests before it, so a run that
 * is cut off, by whatever, leaves a state from which the next one goes on: none is skipped, and at
 * most one batch is sent twice. Not thread-safe.
 */
public final class Redrive {

    /** What the group of the runs is called, behind that of the service. */
    private static final String GROUP_SUFFIX = ".redrive";

    private final KafkaSettings kafka;
    private final RedriveOptions options;
    private final Progress progress;
    private final Stop stop;
    private final Clock clock;
    private final Counts counts = new Counts();

    /**
     * @param clock monotonic
     */
    public Redrive(
            KafkaSettings kafka,
            RedriveOptions options,
            Progress progress,
            Stop stop,
            Clock clock) {
        this.kafka = kafka;
        this.options = options;
        this.progress = progress;
        this.stop = stop;
        this.clock = clock;
    }

    /**
     * Does the run.
     *
     * @param connection as the service connects
     */
    public Summary run(Properties connection) {
        Summary summary =
                new Summary(counts, kafka.errorsTopic(), kafka.requestTopic(), options.dryRun());
        try {
            return summary.ended(read(new BrokerClients(connection, "order-lookup-redrive")));
        } catch (RedriveFailure e) {
            return summary.failed(e);
        } catch (Refused e) {
            return summary.failed(RedriveFailure.of("The brokers", e));
        } finally {
            progress.clear();
        }
    }

    private End read(BrokerClients clients) throws RedriveFailure, Refused {
        List<TopicPartition> partitions = partitions(clients);
        String group = kafka.groupId() + GROUP_SUFFIX;
        Consumer<byte[], byte[]> consumer = clients.consumer(group, options.batch());
        Producer<byte[], byte[]> producer = clients.producer();
        try {
            GroupOffsets offsets = new GroupOffsets(consumer, group);
            Map<TopicPartition, Long> known = offsets.read(partitions);
            if (known.isEmpty()) {
                counts.firstRun();
            }
            ErrorsTopic errors = new ErrorsTopic(consumer, clock);
            errors.open(partitions, options.fromBeginning() ? Map.of() : known);
            return loop(errors, offsets, producer).run();
        } finally {
            close(producer, consumer);
        }
    }

    private BatchLoop loop(
            ErrorsTopic errors, GroupOffsets offsets, Producer<byte[], byte[]> producer) {
        return new BatchLoop(
                options,
                new Triage(options.selection(), kafka.requestTopic(), options.maxTimes()),
                errors,
                offsets,
                new Batch(producer, kafka.requestTopic()),
                counts,
                progress,
                new Pace(options.rate(), clock, stop));
    }

    private List<TopicPartition> partitions(BrokerClients clients) throws RedriveFailure, Refused {
        Admin admin = clients.admin();
        try {
            Access access = new Access(admin, clients.bootstrap());
            access.partitions(kafka.requestTopic(), AclOperation.WRITE);
            return access.partitions(kafka.errorsTopic(), AclOperation.READ);
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    /** Everything is acknowledged and committed, or has failed. */
    private static void close(Producer<?, ?> producer, Consumer<?, ?> consumer) {
        try {
            producer.close(Duration.ZERO);
            consumer.close(Duration.ofSeconds(1));
        } catch (KafkaException e) {
            // There is nothing left to lose.
        }
    }
}
