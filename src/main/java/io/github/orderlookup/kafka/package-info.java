/**
 * The Kafka door: reply addresses, outcome records, and the window of requests in flight. Start at
 * {@code RecordIntake}.
 */
@NullMarked
package io.github.orderlookup.kafka;

import org.jspecify.annotations.NullMarked;
