/**
 * The demo: everything on one machine, a handful of requests, then a shell of one's own to ask
 * more. Start at {@code Demo}; {@code mvn -Pdemo} runs it.
 */
@NullMarked
package io.github.orderlookup.demo;

import org.jspecify.annotations.NullMarked;
