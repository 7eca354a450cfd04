package io.github.orderlookup.rest.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * The meters of order-lookup as the console wants them: {@code {"figures": [{"name": ..., "tags":
 * {...}, "value": ...}], "workers": [{"name": ..., "state": "paused" or "stalled", "words":
 * ...}]}}, timers by their count, without a value when there is no number; workers that make
 * progress are left out.
 *
 * <p>Thread-safe.
 */
public final class ConsoleStats implements Supplier<byte[]> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "order.lookup.";

    private final CamelContext context;

    /**
     * @param context has the registries of meters; the first that has ours is read
     */
    public ConsoleStats(CamelContext context) {
        this.context = context;
    }

    @Override
    public byte[] get() {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode figures = document.putArray("figures");
        for (MeterRegistry registry : context.getRegistry().findByType(MeterRegistry.class)) {
            if (figures.isEmpty()) {
                registry.getMeters().stream()
                        .filter(meter -> meter.getId().getName().startsWith(OURS))
                        .forEach(meter -> add(figures.addObject(), meter));
            }
        }
        addWorkers(document.putArray("workers"));
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Those that are stalled or paused. */
    private void addWorkers(ArrayNode workers) {
        Supervisor supervisor =
                context.getRegistry().lookupByNameAndType(Supervisor.NAME, Supervisor.class);
        if (supervisor == null) {
            return;
        }
        for (Worker worker : supervisor.workers()) {
            if (worker.isStalled() || worker.pause().isPresent()) {
                workers.addObject()
                        .put("name", worker.name())
                        .put("state", worker.isStalled() ? "stalled" : "paused")
                        .put("words", worker.inWords());
            }
        }
    }

    private static void add(ObjectNode figure, Meter meter) {
        figure.put("name", meter.getId().getName());
        ObjectNode tags = figure.putObject("tags");
        meter.getId().getTags().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        double value = meter.measure().iterator().next().getValue();
        if (Double.isFinite(value)) {
            figure.put("value", value);
        }
    }
}
