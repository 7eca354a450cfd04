/**
 * Spans for OpenTelemetry, the one package that knows it: nothing here is loaded where it is
 * missing. Start at {@link io.github.orderlookup.tracing.OpenTelemetryTracing}.
 */
@NullMarked
package io.github.orderlookup.tracing;

import org.jspecify.annotations.NullMarked;
