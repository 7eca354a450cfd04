package io.github.orderlookup.cli;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import java.util.Properties;

/**
 * The module as a command needs it: settings read as the service reads them, the Kafka and the REST
 * endpoint off whatever they say. Not thread-safe.
 */
public interface Application {

    /** Version of the jar; "unknown" outside a jar. */
    String version();

    /**
     * The settings as the service reads them.
     *
     * @throws SettingsException when the service would not start with them
     */
    Settings settings();

    /**
     * The same, though there need not be a refresh token yet.
     *
     * @throws SettingsException when the service would not start with them even with one
     */
    Settings settingsForSignIn();

    /**
     * How the service connects to Kafka: brokers, TLS and SASL in the terms of Kafka's own clients.
     *
     * @throws SettingsException when an option of {@code camel.component.kafka} is none
     */
    Properties kafkaConnection();

    /**
     * Looks one order up through the routes that the service runs.
     *
     * @throws OrderLookupException with the problem
     * @throws SettingsException when the service would not start with its settings
     */
    Order lookUp(OrderLookupRequest request);
}
