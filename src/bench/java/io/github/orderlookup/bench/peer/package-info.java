/**
 * What an expert writes by hand for the same job: request JSON from a topic, a call to Partner
 * Center, Order JSON to another topic, offsets committed in order. Start at {@code DirectPeer}.
 */
@NullMarked
package io.github.orderlookup.bench.peer;

import org.jspecify.annotations.NullMarked;
