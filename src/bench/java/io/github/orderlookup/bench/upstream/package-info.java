/**
 * Partner Center as the benchmark calls it: a server in a process of its own that answers after a
 * chosen delay. Start at {@code Upstream}.
 */
@NullMarked
package io.github.orderlookup.bench.upstream;

import org.jspecify.annotations.NullMarked;
