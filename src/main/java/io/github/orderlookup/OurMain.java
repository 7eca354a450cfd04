package io.github.orderlookup;

import io.github.orderlookup.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;

/** A Camel Main that finds settings where our service finds them, and that is named like it. */
final class OurMain {

    private static final String SETTINGS_FILE = "application.properties";

    /** The name under which Camel's metrics service looks for its registry. */
    private static final String METER_REGISTRY = "metricsRegistry";

    private static final String BINDERS =
            "file-descriptor,jvm-gc,jvm-heap-pressure,jvm-info,jvm-memory,jvm-thread,processor,uptime";

    private OurMain() {}

    static Main create() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + SETTINGS_FILE + ";optional=true");
        constants().forEach(main::addInitialProperty);
        Settings.camelDefaults().forEach(main::addInitialProperty);
        Map<String, String> environment = CamelEnvironment.settings(System.getenv());
        Map<String, String> secrets =
                CamelSecrets.references(
                        main::bind,
                        List.of(
                                CamelSecrets.of(Path.of(SETTINGS_FILE)),
                                CamelSecrets.of(System.getProperties()),
                                environment));
        environment.putAll(secrets);
        CamelEnvironment.outrank(environment.keySet(), System.getProperties());
        environment.forEach(main::addOverrideProperty);
        return main;
    }

    /** What we fix of Camel Main: names, no summary of the configuration in the log. */
    private static Map<String, String> constants() {
        return Map.of(
                "camel.main.name", "order-lookup",
                "camel.main.auto-configuration-log-summary", "false",
                "camel.main.shutdown-timeout", "25",
                "camel.main.jmx-enabled", "false",
                "camel.management.enabled", "true",
                "camel.management.health-check-enabled", "true");
    }

    /**
     * Gives the main the registry that its metrics are read from. Camel would make one only when it
     * starts its metrics service, which may be after our beans.
     */
    static void measure(Main main) {
        metrics().forEach(main::addInitialProperty);
        main.bind(METER_REGISTRY, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    /** What a service measures besides: of the JVM and the process. */
    private static Map<String, String> metrics() {
        return Map.of(
                "camel.management.metrics-enabled", "true",
                "camel.metrics.binders", BINDERS,
                // What Camel counts for each exchange of each route costs, and says less than ours.
                "camel.metrics.enable-route-policy", "false",
                "camel.metrics.enable-exchange-event-notifier", "false",
                "camel.metrics.enable-route-event-notifier", "true");
    }
}
