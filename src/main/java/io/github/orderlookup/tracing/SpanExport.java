package io.github.orderlookup.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.LoggerFactory;

/**
 * The OpenTelemetry of our own main: sends spans to a collector when the environment names one.
 *
 * <p>It is set up by OpenTelemetry's own variables and properties alone; the defaults that differ
 * are those in {@link #DEFAULTS}. Where a Java agent has set up one, that one is left to its work.
 * What has ended is sent before the context has stopped.
 */
public final class SpanExport extends ServiceSupport {

    /** Any of these says that spans are wanted. */
    private static final List<String> SWITCHES =
            List.of(
                    "otel.exporter.otlp.endpoint",
                    "otel.exporter.otlp.traces.endpoint",
                    "otel.traces.exporter");

    /** The JDK's HTTP client speaks no gRPC; metrics and logs have ways of their own. */
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "otel.service.name", "order-lookup",
                    "otel.exporter.otlp.protocol", "http/protobuf",
                    "otel.metrics.exporter", "none",
                    "otel.logs.exporter", "none");

    /**
     * Traces come and go as {@code traceparent} alone, whatever else the environment asks of the
     * programs on a machine.
     */
    private static final Map<String, String> PROPAGATORS =
            Map.of("otel.propagators", "tracecontext");

    /** A strong reference: the JDK drops unreferenced loggers along with their handlers. */
    private static final Logger ITS_LOG = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk telemetry;

    private SpanExport(OpenTelemetrySdk telemetry) {
        this.telemetry = telemetry;
    }

    /**
     * Puts an OpenTelemetry into the registry, if spans are wanted.
     *
     * @throws RuntimeException when the variables contradict one another or name what is not there
     */
    public static void install(CamelContext context) throws Exception {
        if (SWITCHES.stream().anyMatch(SpanExport::isGiven) && !GlobalOpenTelemetry.isSet()) {
            ITS_LOG.setUseParentHandlers(false);
            ITS_LOG.addHandler(new IntoOurLog());
            OpenTelemetrySdk telemetry =
                    AutoConfiguredOpenTelemetrySdk.builder()
                            .disableShutdownHook()
                            .addPropertiesSupplier(() -> DEFAULTS)
                            .addPropertiesCustomizer(given -> PROPAGATORS)
                            .build()
                            .getOpenTelemetrySdk();
            context.getRegistry().bind("order-lookup-telemetry", OpenTelemetry.class, telemetry);
            context.addService(new SpanExport(telemetry));
        }
    }

    private static boolean isGiven(String property) {
        String variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return System.getProperty(property) != null || System.getenv(variable) != null;
    }

    @Override
    protected void doStop() {
        telemetry.close();
    }

    /** Passes the log records of OpenTelemetry, such as those of a lost collector, on to SLF4J. */
    private static final class IntoOurLog extends Handler {

        @Override
        public void publish(LogRecord event) {
            org.slf4j.Logger log = LoggerFactory.getLogger(event.getLoggerName());
            String message = new SimpleFormatter().formatMessage(event);
            if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
                log.warn(message, event.getThrown());
            } else {
                log.debug(message, event.getThrown());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
