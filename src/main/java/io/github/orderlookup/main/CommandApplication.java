package io.github.orderlookup.main;

import io.github.orderlookup.camel.KafkaConnection;
import io.github.orderlookup.cli.Application;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.order.Order;
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
 * The module for one command: reads the settings as the service does, but starts no endpoint and
 * opens no port.
 */
final class CommandApplication implements Application {

    private @Nullable Settings settings;
    private @Nullable Main configured;
    private boolean signsIn;

    @Override
    public String version() {
        String version = CommandApplication.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @Override
    public Settings settings() {
        if (configured == null) {
            configured = main(new EndpointsOff(ServiceMain.configuration()));
            configured.addOverrideProperty("camel.main.routes-include-pattern", "false");
            try {
                configured.init();
            } catch (Exception e) {
                throw startFailure(e);
            }
        }
        return Objects.requireNonNull(settings);
    }

    @Override
    public Settings settingsForSignIn() {
        signsIn = true;
        return settings();
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
        Main main = main(new EndpointsOff(ServiceMain.configuration()));
        try {
            main.start();
            return main.getCamelContext()
                    .createProducerTemplate()
                    .requestBody("direct:order-lookup", request, Order.class);
        } catch (CamelExecutionException e) {
            OrderLookupException problem = Causes.find(OrderLookupException.class, e);
            throw problem == null ? e : problem;
        } catch (Exception e) {
            throw startFailure(e);
        } finally {
            main.stop();
        }
    }

    private static Main main(EndpointsOff listener) {
        Main main = ServiceMain.create();
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addMainListener(listener);
        return main;
    }

    private static RuntimeException startFailure(Exception failure) {
        SettingsException errors = RefusedOptions.find(failure);
        return errors == null ? new IllegalStateException("The start failed", failure) : errors;
    }

    /** Keeps the settings as read, and gives the routes a copy with both endpoints off. */
    private final class EndpointsOff extends MainListenerSupport {

        private final Configuration configuration;

        EndpointsOff(Configuration configuration) {
            this.configuration = configuration;
        }

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            Settings read = ServiceMain.read(context, configuration, signsIn);
            settings = read;
            LogLevels.apply(read.logLevel());
            ServiceMain.bind(
                    context,
                    new Settings(
                            read.partnerCenter(),
                            read.lookup(),
                            read.kafka().disabled(),
                            read.rest().disabled(),
                            read.logLevel()));
        }
    }
}
