package io.github.orderlookup.reload;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Names the files that cannot be used as they are, and why. Ready all the same: their previous
 * content stays in use. Never part of liveness.
 */
public final class FilesReadiness extends AbstractHealthCheck {

    private final FileWatch watch;

    public FilesReadiness(FileWatch watch) {
        super("order-lookup", "order-lookup-files");
        this.watch = watch;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String faults =
                watch.values().stream()
                        .filter(value -> value.fault().isPresent())
                        .map(value -> value.key() + ": " + value.fault().orElse(""))
                        .collect(Collectors.joining("; "));
        watch.values()
                .forEach(value -> builder.detail(value.name(), value.fault().orElse("usable")));
        if (!faults.isEmpty()) {
            builder.message(
                    "Files that cannot be used, so that their previous content stays in use: "
                            + faults);
        }
        builder.up();
    }
}
