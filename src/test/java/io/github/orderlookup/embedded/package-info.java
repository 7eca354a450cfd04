/**
 * The routes inside a host application, in this JVM: the endpoint {@code direct:order-lookup} and
 * the call behind it. Start at {@code EmbeddedHost}.
 */
@NullMarked
package io.github.orderlookup.embedded;

import org.jspecify.annotations.NullMarked;
