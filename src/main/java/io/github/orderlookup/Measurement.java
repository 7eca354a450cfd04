package io.github.orderlookup;

import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.metrics.LateMeters;
import io.github.orderlookup.metrics.MicrometerMeters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the module, if Micrometer is on the class path. Each area adds its gauges before
 * {@link #open}.
 */
final class Measurement implements AutoCloseable {

    private final HostContext host;
    private final List<Consumer<MicrometerMeters>> gauges = new ArrayList<>();
    private final @Nullable LateMeters late;

    /**
     * @param clock monotonic
     * @param wall for time stamps
     */
    Measurement(HostContext host, Clock clock, Clock wall) {
        this.host = host;
        this.late =
                host.hasMicrometer()
                        ? new LateMeters(
                                host.camel(),
                                clock,
                                wall,
                                meters -> gauges.forEach(added -> added.accept(meters)))
                        : null;
    }

    /** What lookups and calls are counted by. */
    Meters meters() {
        return late == null ? Meters.NONE : late;
    }

    /** Has gauges added as soon as there is a registry for them. */
    void add(Consumer<MicrometerMeters> added) {
        gauges.add(added);
    }

    /** Registers all meters, now or when the context is about to start. */
    void open() {
        if (late != null) {
            late.open();
        }
    }

    /** Whether what must be measured is: meters are optional in a host, required in our main. */
    boolean isComplete() {
        return !host.isOwnMain() || (late != null && late.isRegistered());
    }

    /** Removes the meters. */
    @Override
    public void close() {
        if (late != null) {
            late.close();
        }
    }
}
