/**
 * The parts of the benchmark: what each of them measures, what can be chosen, and the results.
 * Start at {@code Rounds}, which runs the usual parts; {@code LongRuns} runs those that take long.
 */
@NullMarked
package io.github.orderlookup.bench.part;

import org.jspecify.annotations.NullMarked;
