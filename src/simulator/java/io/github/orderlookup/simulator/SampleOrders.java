package io.github.orderlookup.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The Order documents that come with the simulator: {@code orders} on the class path. */
final class SampleOrders {

    private SampleOrders() {}

    /** Their folder, in a directory or inside the simulator's jar. */
    static Path folder() {
        try {
            URI folder = Objects.requireNonNull(SampleOrders.class.getResource("/orders")).toURI();
            if (folder.getScheme().equals("jar")) {
                openJar(folder);
            }
            return Path.of(folder);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void openJar(URI folder) throws IOException {
        try {
            FileSystems.newFileSystem(folder, Map.of());
        } catch (FileSystemAlreadyExistsException open) {
            // by an earlier simulator of this JVM
        }
    }
}
