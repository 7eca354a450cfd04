package io.github.orderlookup.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The image as a container runtime sees it: its configuration, and its layers in a directory. Those
 * to run it in are a second copy, as a runtime adds mount points to it.
 */
final class UnpackedImage {
    private static final Path TAR = Path.of("target", "order-lookup-image.tar");
    private static final Path ENTER = Path.of("src", "image", "enter.sh").toAbsolutePath();
    private static final List<String> NAMESPACES = List.of("unshare", "--mount", "--pid", "--fork");
    private static final String MOUNTS = "mount -t tmpfs tmpfs /tmp && mount -t proc proc /proc";

    private final Path root;
    private final Path running;
    private final JsonNode config;

    private UnpackedImage(Path root, Path running, JsonNode config) {
        this.root = root;
        this.running = running;
        this.config = config;
    }

    /** Lays the image out anew in a directory. */
    static UnpackedImage in(Path directory) throws Exception {
        assertThat(TAR).as("what mvn -Pimage package makes").exists();
        run("rm", "-rf", directory.toString());
        Path archive = Files.createDirectories(directory.resolve("archive")).toAbsolutePath();
        Path root = Files.createDirectories(directory.resolve("root")).toAbsolutePath();
        Path running = Files.createDirectories(directory.resolve("running")).toAbsolutePath();
        unpack(TAR, archive);
        ObjectMapper json = new ObjectMapper();
        JsonNode manifest = json.readTree(archive.resolve("manifest.json").toFile()).path(0);
        for (JsonNode layer : manifest.path("Layers")) {
            unpack(archive.resolve(layer.asText()), root);
            unpack(archive.resolve(layer.asText()), running);
        }
        Path config = archive.resolve(manifest.path("Config").asText());
        return new UnpackedImage(root, running, json.readTree(config.toFile()));
    }

    private static void unpack(Path archive, Path into) throws Exception {
        run("tar", "-xp", "-f", archive.toString(), "-C", into.toString());
    }

    Path root() {
        return root;
    }

    JsonNode config() {
        return config.path("config");
    }

    List<String> entryPoint() {
        return texts(config().path("Entrypoint"));
    }

    /** Every file and directory, from the root on. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root)).map(root::relativize).sorted().toList();
        }
    }

    /**
     * A command in the image, with its variables; its process is a child of the one that is
     * started.
     *
     * @param settings what is seen as the working directory
     * @param namespaces as {@link #namespaces()} has found them
     */
    ProcessBuilder enter(List<String> namespaces, Path settings, List<String> command) {
        List<String> line = new ArrayList<>(namespaces);
        line.addAll(List.of(ENTER.toString(), running.toString()));
        line.add(settings.toAbsolutePath().toString());
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH"));
        for (String variable : texts(config().path("Env"))) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return builder;
    }

    /** The command that makes namespaces on this machine, empty where it allows none. */
    static List<String> namespaces() throws Exception {
        List<String> asUser = new ArrayList<>(NAMESPACES);
        asUser.add("--map-root-user");
        for (List<String> command : List.of(NAMESPACES, asUser)) {
            List<String> line = new ArrayList<>(command);
            line.addAll(List.of("sh", "-c", MOUNTS));
            if (ended(line) == 0) {
                return command;
            }
        }
        return List.of();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static void run(String... command) throws Exception {
        assertThat(ended(List.of(command))).as("%s", List.of(command)).isZero();
    }

    private static int ended(List<String> command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
