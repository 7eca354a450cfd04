/**
 * The checks of the hosts: names, proxies, TLS, certificates, clocks and the answer of the API.
 * Start at {@link io.github.orderlookup.cli.check.network.HostCheck}.
 */
@NullMarked
package io.github.orderlookup.cli.check.network;

import org.jspecify.annotations.NullMarked;
