/**
 * The consumer of the request topic: polls on while lookups are under way, commits what the offset
 * tracker releases, pauses, and isolates partitions that cannot be read. Start at {@code
 * TrackingConsumer}.
 */
@NullMarked
package io.github.orderlookup.kafka.consumer;

import org.jspecify.annotations.NullMarked;
