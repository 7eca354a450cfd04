/**
 * When a call to Partner Center may start: permits, rate limit, circuit breaker, pauses of
 * throttled customers, and one call for several lookups of the same order. Start at {@code
 * CallLimiter}.
 */
@NullMarked
package io.github.orderlookup.admission;

import org.jspecify.annotations.NullMarked;
