package io.github.orderlookup.main;

import io.github.orderlookup.ExpectedRoutes;
import io.github.orderlookup.OrderLookup;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.rest.HttpServers;
import io.github.orderlookup.rest.ServerTls;
import io.github.orderlookup.settings.CannotStartException;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.Tls;
import io.github.orderlookup.settings.format.CertifiedKeys;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.supervision.RoutesReadiness;
import io.github.orderlookup.time.MonotonicClock;
import io.github.orderlookup.tracing.SpanExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings before Camel Main configures anything, and checks its HTTP servers. */
final class Startup extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private static final String MANAGEMENT_HOST = "camel.management.host";
    private static final String MANAGEMENT_PORT = "camel.management.port";

    private final Configuration configuration;

    Startup(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Settings settings = ServiceMain.read(context, configuration, false);
        LogLevels.apply(settings.logLevel());
        ClassCache.of(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .ifPresent(cache -> cache.log(LOG));
        if (settings.kafka().enabled()) {
            Machine.unwritableTemporaryDirectory().ifPresent(Startup::warnOf);
        }
        requireFreePorts(settings.rest(), context.getPropertiesComponent());
        ServiceMain.bind(context, settings);
        // The routes bind it as well, unless they are not found, which this check reports.
        context.getRegistry()
                .bind(
                        OrderLookup.ROUTES_READINESS,
                        new RoutesReadiness(
                                context,
                                ExpectedRoutes.of(settings, settings.rest().enabled()),
                                () -> true));
        exportSpans(context);
        HttpServers.install(
                context,
                settings.rest(),
                tls(context, settings.rest().tls()),
                MonotonicClock.startingAt(Clock.systemUTC()));
        ((Main) main).configure().httpServer().withEnabled(settings.rest().enabled());
    }

    private static void warnOf(Path directory) {
        LOG.warn(
                "The directory for temporary files, java.io.tmpdir={}, cannot be written: records"
                        + " compressed with snappy or zstd cannot be read",
                directory);
    }

    private static void exportSpans(CamelContext context) {
        try {
            SpanExport.install(context);
        } catch (Exception e) {
            throw new CannotStartException(
                    "Spans cannot be sent as the OTEL_ variables say (there is OTLP as"
                            + " http/protobuf only): "
                            + withoutHeaders(e));
        }
    }

    /** The message of the SDK without the values of headers, which may be keys. */
    private static String withoutHeaders(Exception failure) {
        Throwable root = Causes.root(failure);
        String said = failure.getMessage() + (root == failure ? "" : ": " + root.getMessage());
        return said.contains("headers") ? said.replaceAll("=.*", "=***") : said;
    }

    private static void requireFreePorts(RestSettings rest, PropertiesComponent properties) {
        try (FreePorts ports = new FreePorts()) {
            if (rest.enabled()) {
                ports.hold("order-lookup.rest.port", rest.host(), rest.port());
            }
            ports.hold(
                    MANAGEMENT_PORT,
                    properties.resolveProperty(MANAGEMENT_HOST).orElseThrow(),
                    Integer.parseInt(properties.resolveProperty(MANAGEMENT_PORT).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Only the REST server uses the parameters of the context.
     *
     * @return the key of the REST server; null when it does not speak TLS
     */
    private static @Nullable ServerTls tls(CamelContext context, @Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        FileValue<CertifiedKeys> file = ServerTls.file(tls, Clock.systemUTC());
        if (file.value() == null) {
            throw new CannotStartException(
                    "The certificate of the REST endpoint: " + file.fault().orElse(""));
        }
        context.setSSLContextParameters(ServerTls.parameters());
        context.getRegistry().bind(OrderLookup.REST_CERTIFICATE, file);
        return new ServerTls(file);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        HttpServers.requireListening(main.getCamelContext());
    }
}
