/** Requests and outcomes over Kafka. Start at {@code KafkaOutcomeIT}. */
@NullMarked
package io.github.orderlookup.system.kafka;

import org.jspecify.annotations.NullMarked;
