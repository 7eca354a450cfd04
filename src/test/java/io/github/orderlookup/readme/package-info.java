/**
 * The documentation, held to what it says: each block of code is parsed, compiled or run. Start at
 * {@code ReadmeTest}; what is typed into a shell is run by {@code ReadmeShellIT}.
 */
@NullMarked
package io.github.orderlookup.readme;

import org.jspecify.annotations.NullMarked;
