/**
 * A Kafka broker in a process of its own, and a plain client that writes and reads records byte for
 * byte. Start at {@code Broker}.
 */
@NullMarked
package io.github.orderlookup.broker;

import org.jspecify.annotations.NullMarked;
