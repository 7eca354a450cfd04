/**
 * The benchmark: this module as shipped beside hand-written peers, over the same broker and the
 * same upstream. Start at {@code Benchmark}; what it measures is in {@code part}, and what ours is
 * compared with is in {@code peer}.
 */
@NullMarked
package io.github.orderlookup.bench;

import org.jspecify.annotations.NullMarked;
