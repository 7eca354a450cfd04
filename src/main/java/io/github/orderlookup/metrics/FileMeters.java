package io.github.orderlookup.metrics;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.reload.FileWatch;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;

/** Gauges of the files that hold credentials, keys and certificates. */
final class FileMeters {

    private final OwnMeters meters;
    private final FileWatch files;
    private final Clock wall;

    FileMeters(OwnMeters meters, FileWatch files, Clock wall) {
        this.meters = meters;
        this.files = files;
        this.wall = wall;
    }

    void register() {
        files.values().forEach(this::register);
        meters.seconds(
                "client.certificate.validity",
                "How long the certificate of the application is valid; NaN without one",
                () -> until(FileWatch.CLIENT_CERTIFICATE));
        meters.seconds(
                "rest.certificate.validity",
                "How long the certificate of the REST endpoint is valid; NaN without one",
                () -> until(FileWatch.REST_CERTIFICATE));
    }

    private void register(FileValue<?> file) {
        meters.gauge(
                "file.unusable",
                "1 while the file cannot be used and its previous content stays in use, else 0",
                Tags.of("file", file.name()),
                () -> file.fault().isPresent() ? 1 : 0);
    }

    private double until(String name) {
        return files.expiry(name)
                .map(end -> OwnMeters.seconds(Duration.between(wall.instant(), end)))
                .orElse(Double.NaN);
    }
}
