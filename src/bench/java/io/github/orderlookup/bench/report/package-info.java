/**
 * The results as Markdown, JSON and a plot, beside what the benchmark is to show. Start at {@code
 * Report}.
 */
@NullMarked
package io.github.orderlookup.bench.report;

import org.jspecify.annotations.NullMarked;
