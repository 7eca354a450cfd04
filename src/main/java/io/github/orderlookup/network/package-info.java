/**
 * The way out to the API and to the login host: the proxy, and the authorities whose certificates
 * are trusted. Start at {@link io.github.orderlookup.network.WayOut}.
 */
@NullMarked
package io.github.orderlookup.network;

import org.jspecify.annotations.NullMarked;
