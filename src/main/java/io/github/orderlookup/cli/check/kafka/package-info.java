/**
 * The checks of Kafka: brokers, topics, rights, the consumer group. Start at {@link
 * io.github.orderlookup.cli.check.kafka.KafkaCheck}.
 */
@NullMarked
package io.github.orderlookup.cli.check.kafka;

import org.jspecify.annotations.NullMarked;
