/**
 * The systems that are measured, each in a process of its own, over what they share. Start at
 * {@code Contestant} and {@code Stage}.
 */
@NullMarked
package io.github.orderlookup.bench.system;

import org.jspecify.annotations.NullMarked;
