/**
 * Outcome records: composed, published, and published again until the broker acknowledges them.
 * Start at {@code ComposeOutcome}.
 */
@NullMarked
package io.github.orderlookup.kafka.producer;

import org.jspecify.annotations.NullMarked;
