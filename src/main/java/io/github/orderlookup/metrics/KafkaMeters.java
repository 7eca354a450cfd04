package io.github.orderlookup.metrics;

import io.github.orderlookup.kafka.KafkaBeans;
import io.github.orderlookup.kafka.KafkaStats;
import io.github.orderlookup.kafka.consumer.PauseReason;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** Gauges of the Kafka endpoint. */
final class KafkaMeters {

    private final OwnMeters meters;
    private final KafkaBeans kafka;

    KafkaMeters(OwnMeters meters, KafkaBeans kafka) {
        this.meters = meters;
        this.kafka = kafka;
    }

    void register() {
        registerPending();
        registerPolling();
        registerPartitions();
        meters.gauge(
                "kafka.outcomes.stuck",
                "Outcomes that their topic does not take",
                () -> kafka.stats().stuck());
    }

    private void registerPending() {
        meters.gauge(
                "kafka.pending",
                "Kafka requests taken and not yet committed",
                () -> kafka.stats().pending());
        meters.gauge(
                "kafka.pending.limit",
                "How many Kafka requests may be pending: order-lookup.max-pending",
                () -> kafka.stats().maxPending());
        meters.gauge(
                "kafka.pending.bytes",
                "Memory that the requests under way hold, in bytes",
                () -> kafka.stats().bytes());
        meters.seconds(
                "kafka.oldest.request",
                "How long ago the oldest request without an outcome was taken; 0 without one",
                () -> OwnMeters.seconds(kafka.stats().oldestRequest()));
    }

    private void registerPolling() {
        meters.gauge(
                "kafka.connected",
                "1 while a broker is connected, else 0",
                () -> kafka.stats().connected() ? 1 : 0);
        meters.gauge(
                "kafka.lag",
                "Requests on the assigned partitions that are not taken yet, as of the last fetch",
                () -> kafka.stats().lag());
        meters.gauge(
                "kafka.waiting.unread",
                "Records of the waiting topic on the assigned partitions that are not read ahead",
                kafka::unreadWaiting);
        for (PauseReason reason : PauseReason.values()) {
            meters.gauge(
                    "kafka.paused",
                    "seconds",
                    "How long polling has been paused for this reason; 0 while it is not",
                    Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                    () -> paused(reason));
        }
        meters.seconds(
                "kafka.last.commit",
                "How long ago offsets were last committed",
                () -> OwnMeters.seconds(kafka.stats().sinceCommit()));
    }

    private double paused(PauseReason reason) {
        KafkaStats.Pause pause = kafka.stats().pause();
        return pause == null || pause.reason() != reason ? 0 : OwnMeters.seconds(pause.lasts());
    }

    private void registerPartitions() {
        meters.gauge(
                "kafka.unreadable.partitions",
                "Partitions whose next record cannot be read",
                () -> kafka.stats().unreadablePartitions());
        meters.gauge(
                "kafka.held.up.partitions",
                "Partitions whose first request without an outcome waits for no known reason",
                () -> kafka.stats().stalledPartitions());
    }
}
