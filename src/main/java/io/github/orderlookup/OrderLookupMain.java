package io.github.orderlookup;

import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes as a service of their own: {@code java -jar order-lookup.jar}.
 *
 * <p>Settings come from {@code application.properties} of the working directory, overridden by
 * system properties and these by environment variables. Exit code 78 when they are wrong, 1 when
 * the start fails otherwise.
 */
public final class OrderLookupMain {

    private static final int CONFIGURATION_ERROR = 78;
    private static final String SETTINGS_FILE = "application.properties";
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    /** What is measured of the JVM and the process. */
    private static final String BINDERS =
            "file-descriptor,jvm-gc,jvm-heap-pressure,jvm-info,jvm-memory,jvm-thread,processor,uptime";

    private OrderLookupMain() {}

    public static void main(String[] args) {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "order-lookup/log4j2.properties");
        }
        if (Runtime.version().feature() >= 21) {
            System.setProperty("camel.threads.virtual.enabled", "true");
        }
        System.exit(run());
    }

    private static int run() {
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
        main.addMainListener(new Startup());
        try {
            main.run();
            return main.getExitCode();
        } catch (Exception e) {
            return explain(e);
        }
    }

    /** What our own main fixes of Camel Main: names, metrics, no summary of the configuration. */
    private static Map<String, String> constants() {
        return Map.ofEntries(
                Map.entry("camel.main.name", "order-lookup"),
                Map.entry("camel.main.auto-configuration-log-summary", "false"),
                Map.entry("camel.main.shutdown-timeout", "25"),
                Map.entry("camel.main.jmx-enabled", "false"),
                Map.entry("camel.management.enabled", "true"),
                Map.entry("camel.management.health-check-enabled", "true"),
                Map.entry("camel.management.metrics-enabled", "true"),
                Map.entry("camel.metrics.binders", BINDERS),
                // What Camel counts for each exchange of each route costs, and says less than ours.
                Map.entry("camel.metrics.enable-route-policy", "false"),
                Map.entry("camel.metrics.enable-exchange-event-notifier", "false"),
                Map.entry("camel.metrics.enable-route-event-notifier", "true"));
    }

    private static int explain(Exception failure) {
        SettingsException faults = find(SettingsException.class, failure);
        if (faults != null) {
            System.err.println(faults.getMessage());
            return CONFIGURATION_ERROR;
        }
        Logger log = LoggerFactory.getLogger(OrderLookupMain.class);
        CannotStartException reason = find(CannotStartException.class, failure);
        if (reason != null) {
            log.error("The start failed: {}", reason.getMessage());
        } else {
            log.error("The start failed", failure);
        }
        return 1;
    }

    private static <T extends Exception> @Nullable T find(Class<T> type, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
