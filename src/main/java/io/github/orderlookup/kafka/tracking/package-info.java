/**
 * The request records under way: which offsets may be committed, and which partitions stall. Start
 * at {@code OffsetTracker}.
 */
@NullMarked
package io.github.orderlookup.kafka.tracking;

import org.jspecify.annotations.NullMarked;
