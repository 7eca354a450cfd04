/**
 * Metrics for Micrometer, the one package that knows it: nothing here is loaded where it is
 * missing. Start at {@link io.github.orderlookup.metrics.MicrometerMeters}.
 */
@NullMarked
package io.github.orderlookup.metrics;

import org.jspecify.annotations.NullMarked;
