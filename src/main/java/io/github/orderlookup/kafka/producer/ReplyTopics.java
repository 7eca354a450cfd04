package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.kafka.ReplyAddress;
import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.ReplyAddress.Refused;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.settings.KafkaSettings;
import java.util.Optional;

/** The reply addresses that requests name, checked at the broker where it answers. Thread-safe. */
public final class ReplyTopics {

    private final KafkaSettings settings;
    private final TopicDirectory topics;

    public ReplyTopics(KafkaSettings settings, TopicDirectory topics) {
        this.settings = settings;
        this.topics = topics;
    }

    /** Where the outcome of a request goes. */
    public ReplyAddress address(RequestRecord record) {
        ReplyAddress address = ReplyAddress.of(record, settings);
        return address instanceof Named named
                ? missing(named).<ReplyAddress>map(Refused::new).orElse(address)
                : address;
    }

    private Optional<String> missing(Named named) {
        int partition = named.partition() == null ? 0 : named.partition();
        Optional<Integer> partitions = topics.partitions(named.topic(), partition);
        if (partitions.isEmpty() || partition < partitions.get()) {
            return Optional.empty();
        }
        return Optional.of(
                partitions.get() == 0
                        ? "kafka_replyTopic names a topic that does not exist."
                        : "kafka_replyPartition names a partition that does not exist.");
    }
}
