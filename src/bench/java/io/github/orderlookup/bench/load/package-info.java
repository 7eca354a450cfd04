/**
 * The requests that are put on a system over Kafka and REST, and the figures that are taken of its
 * answers. Start at {@code KafkaLoad} and {@code Batch}; REST is in {@code HttpLoad}.
 */
@NullMarked
package io.github.orderlookup.bench.load;

import org.jspecify.annotations.NullMarked;
