package io.github.orderlookup.metrics;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of a Camel context, registered as soon as the context has a registry for them: a
 * registry may be bound after our beans are made, depending on the order in which route files are
 * found. Until then nothing is counted.
 *
 * <p>Thread-safe.
 */
public final class LateMeters extends LifecycleStrategySupport implements Meters, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LateMeters.class);

    private final CamelContext context;
    private final Clock clock;
    private final Clock wall;
    private final Consumer<MicrometerMeters> watch;
    private final AtomicReference<@Nullable MicrometerMeters> meters = new AtomicReference<>();

    /**
     * @param watch adds the gauges; called once, as soon as there is a registry
     */
    public LateMeters(
            CamelContext context, Clock clock, Clock wall, Consumer<MicrometerMeters> watch) {
        this.context = context;
        this.clock = clock;
        this.wall = wall;
        this.watch = watch;
    }

    /** Registers the meters now if there is a registry, else when the context is about to start. */
    public void open() {
        register();
        context.addLifecycleStrategy(this);
    }

    /** Whether the meters are registered. */
    public boolean isRegistered() {
        return meters.get() != null;
    }

    @Override
    public void onContextInitialized(CamelContext initialized) {
        register();
    }

    @Override
    public void onContextStarting(CamelContext starting) {
        register();
    }

    /** The last moment at which a registry is looked for. */
    @Override
    public void onContextStarted(CamelContext started) {
        register();
        if (!isRegistered()) {
            LOG.info(
                    "Nothing is measured: the Camel registry has no MeterRegistry, or several that"
                            + " no composite one joins.");
        }
    }

    private synchronized void register() {
        if (!isRegistered()) {
            MicrometerMeters.of(context, clock, wall)
                    .ifPresent(
                            registered -> {
                                watch.accept(registered);
                                meters.set(registered);
                            });
        }
    }

    @Override
    public void lookupEnded(Lookup lookup) {
        MicrometerMeters registered = meters.get();
        if (registered != null) {
            registered.lookupEnded(lookup);
        }
    }

    @Override
    public void callEnded(int status, long nanos) {
        MicrometerMeters registered = meters.get();
        if (registered != null) {
            registered.callEnded(status, nanos);
        }
    }

    /** Removes the meters. */
    @Override
    public synchronized void close() {
        context.getLifecycleStrategies().remove(this);
        MicrometerMeters registered = meters.getAndSet(null);
        if (registered != null) {
            registered.close();
        }
    }
}
