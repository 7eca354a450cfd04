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
public final class SampleOrders {
    /** The customer of most of them. */
    public static final String CUSTOMER = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";

    /** The customer of one of them. */
    public static final String OTHER_CUSTOMER = "9e1d7f32-0c6a-4b85-8d24-71f3a05bc6e8";

    /** An order of {@link #CUSTOMER}. */
    public static final String ORDER = "a81c04e7f2b9";

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
