package io.github.orderlookup.main;

import io.github.orderlookup.camel.KafkaConnection;
import io.github.orderlookup.cli.Application;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.source.Configuration;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.component.kafka.KafkaComponent;
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

    @Override
    public String version() {
        String version = CommandApplication.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @Override
    public Settings settings() {
        if (configured == null) {
            configured = main(new ShutDoors(ServiceMain.configuration()));
            configured.addOverrideProperty("camel.main.routes-include-pattern", "false");
            try {
                configured.init();
            } catch (Exception e) {
                throw ours(e);
            }
        }
        return Objects.requireNonNull(settings);
    }

    @Override
    public Properties kafkaConnection() {
        settings();
        CamelContext context = Objects.requireNonNull(configured).getCamelContext();
        return KafkaConnection.of(
                context.getComponent("kafka", KafkaComponent.class).getConfiguration());
    }

    @Override
    public Order lookUp(OrderLookupRequest request) {
        Main main = main(new ShutDoors(ServiceMain.configuration()));
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
        Main main = ServiceMain.create();
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addMainListener(doors);
        return main;
    }

    private static RuntimeException ours(Exception failure) {
        SettingsException errors = RefusedOptions.find(failure);
        return errors == null ? new IllegalStateException("The start failed", failure) : errors;
    }

    /** Keeps the settings as they are, and gives the routes a copy with both doors shut. */
    private final class ShutDoors extends MainListenerSupport {

        private final Configuration configuration;

        ShutDoors(Configuration configuration) {
            this.configuration = configuration;
        }

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            Settings read = ServiceMain.read(context, configuration);
            settings = read;
            LogLevels.apply(read.logLevel());
            ServiceMain.bind(context, withShutDoors(read));
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
                            rest.console()),
                    read.logLevel());
        }
    }
}
