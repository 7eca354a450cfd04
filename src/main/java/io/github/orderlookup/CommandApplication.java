package io.github.orderlookup;

import io.github.orderlookup.cli.Application;
import io.github.orderlookup.kafka.KafkaConnection;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;

/**
 * The module for one command: its settings are read as those of the service, but it opens no door
 * and no port.
 */
final class CommandApplication implements Application {

    private @Nullable Settings settings;
    private @Nullable Main configured;
    private @Nullable PropertyBindingException refusedOption;

    @Override
    public String version() {
        String version = CommandApplication.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @Override
    public Settings settings() {
        if (configured == null) {
            configured = main(new ShutDoors());
            configured.addOverrideProperty("camel.main.routes-include-pattern", "false");
            try {
                configured.init();
            } catch (Exception e) {
                refusedOption = Causes.find(PropertyBindingException.class, e);
                if (refusedOption == null) {
                    throw ours(e);
                }
            }
        }
        return Objects.requireNonNull(settings);
    }

    @Override
    public Properties kafkaConnection() {
        settings();
        if (refusedOption != null) {
            throw new SettingsException(
                    List.of(
                            new SettingsException.Fault(
                                    String.valueOf(refusedOption.getOptionKey()),
                                    "is no option, or has a value that does not fit",
                                    "the options of Camel's Kafka component")));
        }
        CamelContext context = Objects.requireNonNull(configured).getCamelContext();
        return KafkaConnection.of(
                context.getComponent("kafka", KafkaComponent.class).getConfiguration());
    }

    @Override
    public Order lookUp(OrderLookupRequest request) {
        Main main = main(new ShutDoors());
        try {
            main.start();
            return main.getCamelContext()
                    .createProducerTemplate()
                    .requestBody("direct:order-lookup", request, Order.class);
        } catch (CamelExecutionException e) {
            OrderLookupException problem = Causes.find(OrderLookupException.class, e);
            throw problem == null ? e : problem;
        } catch (Exception e) {
            throw ours(e);
        } finally {
            main.stop();
        }
    }

    private static Main main(ShutDoors doors) {
        Main main = OurMain.create();
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addMainListener(doors);
        return main;
    }

    private static RuntimeException ours(Exception failure) {
        SettingsException faults = Causes.find(SettingsException.class, failure);
        return faults == null ? new IllegalStateException("The start failed", failure) : faults;
    }

    /** Keeps the settings as they are, and gives the routes a copy with both doors shut. */
    private final class ShutDoors extends MainListenerSupport {

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            Settings read = Startup.read(context.getPropertiesComponent());
            settings = read;
            context.getRegistry().bind(OrderLookup.SETTINGS, withShutDoors(read));
            context.getPropertiesComponent().setOverrideProperties(withShutDoors(main));
            // The variables have been read; from now on they must not open a door again.
            PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
            properties.setEnvironmentVariableMode(
                    PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
            properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        }

        /** From now on: until here the settings are read as they are. */
        private static Properties withShutDoors(BaseMainSupport main) {
            Properties overrides = new Properties();
            overrides.putAll(main.getOverrideProperties());
            overrides.setProperty("order-lookup.kafka.enabled", "false");
            overrides.setProperty("order-lookup.rest.enabled", "false");
            return overrides;
        }

        private Settings withShutDoors(Settings read) {
            KafkaSettings kafka = read.kafka();
            RestSettings rest = read.rest();
            return new Settings(
                    read.partnerCenter(),
                    read.lookup(),
                    new KafkaSettings(
                            false,
                            kafka.requestTopic(),
                            kafka.resultsTopic(),
                            kafka.errorsTopic(),
                            kafka.groupId(),
                            kafka.replyTopics()),
                    new RestSettings(
                            false,
                            rest.host(),
                            rest.port(),
                            rest.apiKeys(),
                            rest.tls(),
                            rest.maxWaiting(),
                            rest.console()));
        }
    }
}
