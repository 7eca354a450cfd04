package io.github.orderlookup;

import io.github.orderlookup.camel.HostConfiguration;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settle.LookSchedule;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.tracing.OpenTelemetryTracing;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** What the Camel context provides: that of our own main, or that of a host application. */
record HostContext(CamelContext camel) {

    Settings settings() {
        Settings read = settingsOfMain();
        return read != null ? read : HostConfiguration.read(camel.getPropertiesComponent());
    }

    boolean isOwnMain() {
        return settingsOfMain() != null;
    }

    private @Nullable Settings settingsOfMain() {
        return camel.getRegistry().lookupByNameAndType(OrderLookup.SETTINGS, Settings.class);
    }

    /** The certificate of the REST server of our own main, if that speaks TLS. */
    Optional<FileValue<?>> restCertificate() {
        return Optional.ofNullable(
                camel.getRegistry()
                        .lookupByNameAndType(OrderLookup.REST_CERTIFICATE, FileValue.class));
    }

    /**
     * The one of our own main, which ends the process; in a host, one for readiness alone.
     *
     * @param clock monotonic
     */
    Supervisor supervisor(Clock clock) {
        Registry registry = camel.getRegistry();
        Supervisor known = registry.lookupByNameAndType(Supervisor.NAME, Supervisor.class);
        if (known != null) {
            return known;
        }
        Supervisor ofHost = new Supervisor(clock, thrown -> {});
        registry.bind(Supervisor.NAME, ofHost);
        return ofHost;
    }

    /** When orders that move are looked at: as always, unless a test has bound other intervals. */
    LookSchedule lookSchedule() {
        LookSchedule bound =
                camel.getRegistry().lookupByNameAndType(LookSchedule.BEAN, LookSchedule.class);
        return bound == null ? LookSchedule.USUAL : bound;
    }

    /** In a host, {@code /openapi.json} is served only along with the console. */
    boolean isDescribed(RestSettings rest) {
        return rest.enabled() && (rest.console() || isOwnMain());
    }

    /** Whether Micrometer is on the class path. */
    boolean hasMicrometer() {
        return has("io.micrometer.core.instrument.MeterRegistry");
    }

    /** Traces, if OpenTelemetry is on the class path and set up. */
    Tracing tracing() {
        return has("io.opentelemetry.api.GlobalOpenTelemetry")
                ? OpenTelemetryTracing.of(camel).orElse(Tracing.OFF)
                : Tracing.OFF;
    }

    private boolean has(String className) {
        return camel.getClassResolver().resolveClass(className) != null;
    }

    void bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
    }
}
