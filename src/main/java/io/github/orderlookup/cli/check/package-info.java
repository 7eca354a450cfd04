/**
 * The command {@code check}: what is looked at, in which order. Start at {@code Check}; the checks
 * of one subject are a package beneath.
 */
@NullMarked
package io.github.orderlookup.cli.check;

import org.jspecify.annotations.NullMarked;
