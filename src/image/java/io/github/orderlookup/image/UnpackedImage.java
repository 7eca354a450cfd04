package io.github.orderlookup.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image as a container runtime sees it: its configuration, and its layers in a directory. Those
 * to run it in are a second copy, as a runtime adds mount points to it.
 */
final class UnpackedImage {
    private static final Path TAR = Path.of("target", "order-lookup-image.tar");

    /** Options of a JVM that trusts the simulator: its trust store lies among the settings. */
    static final String TRUST =
            "-Djavax.net.ssl.trustStore=/etc/order-lookup/trust"
                    + " -Djavax.net.ssl.trustStorePassword=changeit";

    private static final String NOT_RUN =
            "The image was not run: this machine gives no namespaces (unshare)";

    private final Path root;
    private final Path running;
    private final ImageArchive archive;

    private UnpackedImage(Path root, Path running, ImageArchive archive) {
        this.root = root;
        this.running = running;
        this.archive = archive;
    }

    /** Lays the image out anew in a directory. */
    static UnpackedImage in(Path directory) throws Exception {
        assertThat(TAR).as("what mvn -Pimage package makes").exists();
        Command.run("rm", "-rf", directory.toString());
        ImageArchive archive = ImageArchive.of(TAR, directory.resolve("archive"));
        Path root = directory.resolve("root").toAbsolutePath();
        Path running = directory.resolve("running").toAbsolutePath();
        archive.layOut(root);
        archive.layOut(running);
        return new UnpackedImage(root, running, archive);
    }

    Path root() {
        return root;
    }

    JsonNode config() {
        return archive.config();
    }

    List<String> entryPoint() {
        return archive.entryPoint();
    }

    /** Every file and directory, from the root on. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root)).map(root::relativize).sorted().toList();
        }
    }

    /**
     * A command in the image, with its variables; its process is a child of the one that is
     * started. The test is skipped where the machine allows none.
     *
     * @param settings what is seen as the working directory
     */
    ProcessBuilder enter(Path settings, List<String> command) throws InterruptedException {
        Optional<Namespaces> namespaces = Namespaces.find();
        if (namespaces.isEmpty()) {
            System.out.println(NOT_RUN);
        }
        assumeThat(namespaces).as(NOT_RUN).isPresent();
        List<String> line = namespaces.orElseThrow().enter(running, settings, Namespaces.MEMORY);
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH"));
        for (String variable : ImageArchive.texts(config().path("Env"))) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return builder;
    }
}
