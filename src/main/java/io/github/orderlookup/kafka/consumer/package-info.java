/**
 * The consumer of the request topic: polls on while lookups are under way, and commits no offset
 * beyond the first unanswered one. Start at {@code TrackingConsumer}.
 */
@NullMarked
package io.github.orderlookup.kafka.consumer;

import org.jspecify.annotations.NullMarked;
