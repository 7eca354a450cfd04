package io.github.orderlookup;

import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import org.apache.camel.CamelContext;

/**
 * What the areas of the module share.
 *
 * @param clock monotonic
 * @param wall for time stamps
 */
record Common(
        HostContext host,
        Settings settings,
        Clock clock,
        Clock wall,
        Supervisor supervisor,
        Measurement measurement,
        Tracing tracing) {

    Meters meters() {
        return measurement.meters();
    }

    CamelContext camel() {
        return host.camel();
    }

    void bind(String name, Object bean) {
        host.bind(name, bean);
    }

    boolean isDescribed() {
        return host.isDescribed(settings.rest());
    }
}
