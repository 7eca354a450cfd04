/**
 * How the commands ask the brokers: clients that connect as the service does, and what a refusal
 * means in words. Start at {@code BrokerClients}.
 */
@NullMarked
package io.github.orderlookup.cli.broker;

import org.jspecify.annotations.NullMarked;
