/**
 * Crashes, outages and broken peers under load: what {@code mvn -Pchaos verify} runs and writes to
 * {@code docs/reliability.md}. Start at {@code CrashChaos}; the load is {@code Load}.
 */
@NullMarked
package io.github.orderlookup.chaos;

import org.jspecify.annotations.NullMarked;
