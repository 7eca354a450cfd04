package io.github.orderlookup.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The file that {@code docker load} reads, unpacked: a manifest, the configuration of one image,
 * and its layers, compressed. Its numbers are as in the <a
 * href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
 * configuration</a>: the name of a layer is that of its compressed bytes, {@code diff_ids} has
 * those of its contents.
 */
final class ImageArchive {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "manifest.json";

    private final Path directory;
    private final ObjectNode manifest;
    private final ObjectNode config;

    private ImageArchive(Path directory, ObjectNode manifest, ObjectNode config) {
        this.directory = directory;
        this.manifest = manifest;
        this.config = config;
    }

    /** Unpacks the file into a directory. */
    static ImageArchive of(Path tar, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        unpack(tar, directory);
        JsonNode manifest = JSON.readTree(directory.resolve(MANIFEST).toFile()).path(0);
        JsonNode config =
                JSON.readTree(directory.resolve(manifest.path("Config").asText()).toFile());
        return new ImageArchive(directory, (ObjectNode) manifest, (ObjectNode) config);
    }

    /** What a container runtime reads: {@code Entrypoint}, {@code Env}, {@code User} and so on. */
    JsonNode config() {
        return config.path("config");
    }

    List<String> entryPoint() {
        return texts(config().path("Entrypoint"));
    }

    void entryPoint(List<String> command) {
        ArrayNode entryPoint = ((ObjectNode) config()).putArray("Entrypoint");
        command.forEach(entryPoint::add);
    }

    /** Lays the layers out as one file system. */
    void layOut(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root);
        for (String layer : texts(manifest.path("Layers"))) {
            unpack(directory.resolve(layer), root);
        }
    }

    /** Adds what is in a directory as the last layer, with owner and times as Jib sets them. */
    void addLayer(Path files, String comment) throws IOException, InterruptedException {
        Path layer = directory.resolve("layer.tar");
        List<String> tar = new ArrayList<>(List.of("tar", "--sort=name", "--owner=0", "--group=0"));
        tar.addAll(List.of("--numeric-owner", "--mtime=@1", "--mode=u=rwX,go=rX"));
        tar.addAll(List.of("-C", files.toString(), "-cf", layer.toString()));
        tar.addAll(names(files));
        Command.run(tar.toArray(String[]::new));
        ((ArrayNode) config.at("/rootfs/diff_ids")).add("sha256:" + sha256(layer));
        ObjectNode history = ((ArrayNode) config.path("history")).addObject();
        history.set("created", config.path("created"));
        history.put("comment", comment);
        Command.run("gzip", "-n", layer.toString());
        Path compressed = directory.resolve("layer.tar.gz");
        String name = sha256(compressed) + ".tar.gz";
        Files.move(compressed, directory.resolve(name));
        ((ArrayNode) manifest.path("Layers")).add(name);
    }

    /** Writes the file anew. */
    void pack(Path tar) throws IOException, InterruptedException {
        JSON.writeValue(directory.resolve(MANIFEST).toFile(), List.of(manifest));
        JSON.writeValue(directory.resolve(manifest.path("Config").asText()).toFile(), config);
        Path packed = directory.resolveSibling("packed.tar");
        List<String> command = new ArrayList<>(List.of("tar", "--owner=0", "--group=0"));
        command.addAll(List.of("--numeric-owner", "--mtime=@1", "--mode=u=rw,go=r"));
        command.addAll(List.of("-C", directory.toString(), "-cf", packed.toString()));
        command.addAll(names(directory));
        Command.run(command.toArray(String[]::new));
        Files.move(packed, tar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void unpack(Path tar, Path into) throws IOException, InterruptedException {
        Command.run("tar", "-xp", "-f", tar.toString(), "-C", into.toString());
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
