package io.github.orderlookup.cli.check;

import io.github.orderlookup.cli.check.finding.Findings;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether there is a directory for temporary files: Kafka's client unpacks the libraries there that
 * read snappy and zstd.
 */
final class TemporaryFilesCheck {

    private static final String PART = "temporary files";

    private TemporaryFilesCheck() {}

    static void run(Findings findings, String directory) {
        Path path = Path.of(directory);
        if (!Files.isDirectory(path) || !Files.isWritable(path)) {
            findings.fault(
                    PART,
                    path
                            + " cannot be written: records compressed with snappy or zstd cannot be"
                            + " read.",
                    "Make it writable, or name another one with -Djava.io.tmpdir.");
        }
    }
}
