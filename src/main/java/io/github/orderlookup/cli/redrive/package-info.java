/**
 * The command {@code redrive}: reads the errors topic, decides for each problem, and sends its
 * request again. Start at {@code Redrive}; what is decided is in {@code Triage} and {@code
 * RebuiltRequest}.
 */
@NullMarked
package io.github.orderlookup.cli.redrive;

import org.jspecify.annotations.NullMarked;
