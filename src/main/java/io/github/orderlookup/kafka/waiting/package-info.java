/**
 * The records of the waiting topic: requests that wait for the next look at their order. Start at
 * {@code WaitingRecord}.
 */
@NullMarked
package io.github.orderlookup.kafka.waiting;

import org.jspecify.annotations.NullMarked;
