/** Child processes of tests, the demo and the benchmark. Start at {@code JavaCommand}. */
@NullMarked
package io.github.orderlookup.process;

import org.jspecify.annotations.NullMarked;
