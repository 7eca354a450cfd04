/**
 * The lines of the list that the command {@code check} prints. Start at {@link
 * io.github.orderlookup.cli.check.finding.Findings}, which collects them.
 */
@NullMarked
package io.github.orderlookup.cli.check.finding;

import org.jspecify.annotations.NullMarked;
