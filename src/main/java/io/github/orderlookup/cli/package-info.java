/**
 * The commands of the jar besides the service: {@code sign-in}, {@code check}, {@code lookup} and
 * {@code redrive}. Start at {@code Commands}.
 */
@NullMarked
package io.github.orderlookup.cli;

import org.jspecify.annotations.NullMarked;
