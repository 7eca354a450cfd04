package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.consumer.PollStatus;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.StalledPartitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready when requests are taken from every assigned partition, no outcome waits to be published, no
 * partition stalls, and offsets are committed. The details say why and since when polling is
 * paused, and which request has waited longest. Not part of liveness: a restart would solve none of
 * it.
 */
public final class KafkaReadiness extends AbstractHealthCheck {

    private final PollStatus status;
    private final PublishHealth publishing;
    private final OffsetTracker tracker;
    private final StalledPartitions stalled;
    private final Supplier<Stream<String>> waitingTroubles;

    /**
     * @param waitingTroubles what keeps waiting requests from being looked at, in words; requests
     *     that wait for a look are no trouble
     */
    public KafkaReadiness(
            PollStatus status,
            PublishHealth publishing,
            OffsetTracker tracker,
            StalledPartitions stalled,
            Supplier<Stream<String>> waitingTroubles) {
        super("order-lookup", "order-lookup-kafka");
        this.status = status;
        this.publishing = publishing;
        this.tracker = tracker;
        this.stalled = stalled;
        this.waitingTroubles = waitingTroubles;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        KafkaStats.Pause pause = status.paused();
        if (pause != null) {
            builder.detail("paused", pause.words());
            builder.detail("paused.seconds", pause.lasts().toSeconds());
        }
        builder.detail("poll.seconds", status.sinceProgress().toSeconds());
        tracker.oldest()
                .ifPresent(
                        oldest -> {
                            builder.detail(
                                    "oldest.request", oldest.partition() + "-" + oldest.offset());
                            builder.detail("oldest.seconds", oldest.age().toSeconds());
                        });
        List<String> troubles =
                Stream.concat(
                                Stream.of(
                                                status.trouble(),
                                                publishing.trouble(),
                                                stalled.trouble(),
                                                status.commits().trouble())
                                        .flatMap(Optional::stream),
                                waitingTroubles.get())
                        .distinct()
                        .toList();
        if (troubles.isEmpty()) {
            builder.up();
        } else {
            builder.message(troubles.stream().collect(Collectors.joining(" "))).down();
        }
    }
}
