package io.github.orderlookup.main;

import io.github.orderlookup.OrderLookup;
import io.github.orderlookup.camel.CamelPlaceholders;
import io.github.orderlookup.camel.CamelSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.reader.CamelKeys;
import io.github.orderlookup.settings.reader.SettingsReader;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Placeholders;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerRouteEventNotifier;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.Main;

/** Creates the Camel Main of the service, and reads its settings. */
final class ServiceMain {

    private static final String SETTINGS_FILE = "application.properties";

    private static final String ROUTES =
            Stream.of("", "-attempt", "-console", "-kafka", "-publish", "-rest", "-waiting")
                    .map(part -> "classpath:camel/order-lookup" + part + ".camel.yaml")
                    .collect(Collectors.joining(","));

    /** The name under which Camel's metrics service looks for its registry. */
    private static final String METER_REGISTRY = "metricsRegistry";

    private static final String ROUTE_EVENTS = "order-lookup-route-events";

    private static final String BINDERS =
            "file-descriptor,jvm-gc,jvm-heap-pressure,jvm-info,jvm-memory,jvm-thread,processor,uptime";

    private ServiceMain() {}

    /**
     * The configuration of all sources.
     *
     * @throws SettingsException when the file is there and cannot be read
     */
    static Configuration configuration() {
        return Configuration.read(
                Path.of(SETTINGS_FILE), System.getProperties(), Environment.read());
    }

    /** A main that reads no settings by itself: {@link #read} does. */
    static Main create() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        constants().forEach(main::addInitialProperty);
        CamelKeys.DEFAULTS.forEach(main::addInitialProperty);
        return main;
    }

    /**
     * Reads the settings, and gives Camel those of its own.
     *
     * @param signsIn whether a user is about to sign in, so that no refresh token is missing
     * @throws SettingsException with all errors at once
     */
    static Settings read(CamelContext context, Configuration configuration, boolean signsIn) {
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setEnvironmentVariableMode(
                PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        Placeholders placeholders =
                new CamelPlaceholders(properties, Environment.read(), configuration::readable);
        CamelSettings camel = new CamelSettings(context, configuration, placeholders);
        Settings settings =
                SettingsReader.readForMain(
                        configuration, placeholders, camel::text, camel.errors(), signsIn);
        camel.give(properties);
        return settings;
    }

    /**
     * Binds the settings for our beans, and for the placeholders of our routes as they are read.
     */
    static void bind(CamelContext context, Settings settings) {
        context.getRegistry().bind(OrderLookup.SETTINGS, settings);
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        Map.of(
                        "order-lookup.kafka.enabled",
                        "" + settings.kafka().enabled(),
                        "order-lookup.rest.enabled",
                        "" + settings.rest().enabled(),
                        "order-lookup.request-topic",
                        settings.kafka().requestTopic(),
                        "order-lookup.results-topic",
                        settings.kafka().resultsTopic())
                .forEach(properties::addOverrideProperty);
    }

    /**
     * The fixed settings of Camel Main: names, no summary of the configuration in the log, no other
     * sources of settings, and our routes by their names: Camel finds no file by a pattern when the
     * jar lies in a directory whose name has an exclamation mark.
     */
    private static Map<String, String> constants() {
        return Map.of(
                "camel.main.name", "order-lookup",
                "camel.main.auto-configuration-log-summary", "false",
                "camel.main.auto-configuration-environment-variables-enabled", "false",
                "camel.main.auto-configuration-system-properties-enabled", "false",
                "camel.main.routes-include-pattern", ROUTES,
                "camel.main.shutdown-timeout", "25",
                "camel.main.jmx-enabled", "false",
                "camel.management.enabled", "true",
                "camel.management.health-check-enabled", "true");
    }

    /**
     * Binds the meter registry. Camel creates one only when it starts its metrics service, which
     * may be after our beans.
     */
    static void measure(Main main) {
        metrics().forEach(main::addInitialProperty);
        main.bind(METER_REGISTRY, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        main.bind(ROUTE_EVENTS, routeEvents());
    }

    /**
     * Counts the routes. The one that Camel itself makes takes no notice of exchanges either, but
     * has Camel create an event for each step of each exchange.
     */
    private static MicrometerRouteEventNotifier routeEvents() {
        MicrometerRouteEventNotifier notifier = new MicrometerRouteEventNotifier();
        notifier.setIgnoreExchangeEvents(true);
        return notifier;
    }

    /** The metrics of the JVM and the process, and the details of health. */
    private static Map<String, String> metrics() {
        return Map.of(
                "camel.management.metrics-enabled", "true",
                "camel.metrics.binders", BINDERS,
                // What Camel counts for each exchange of each route costs, and says less than ours.
                "camel.metrics.enable-route-policy", "false",
                "camel.metrics.enable-exchange-event-notifier", "false",
                // In its place: routeEvents().
                "camel.metrics.enable-route-event-notifier", "false",
                // Readiness says of each worker how it stands, also while all is well.
                "camel.health.exposure-level", "full",
                "camel.health.routes-enabled", "false");
    }
}
