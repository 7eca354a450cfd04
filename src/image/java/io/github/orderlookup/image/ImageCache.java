package io.github.orderlookup.image;

import io.github.orderlookup.simulator.cache.ClassCache;
import io.github.orderlookup.simulator.cache.TrainedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Adds a class cache to the image: runs its service once against the simulator, in the image
 * itself, and puts what the JVM then writes into a last layer and its option into the entry point.
 * Where the machine allows no namespaces the image stays as it is.
 */
final class ImageCache {
    private static final Path CACHE = Path.of("/opt/order-lookup/order-lookup.cache");

    private final ImageArchive archive;
    private final Path directory;

    private ImageCache(ImageArchive archive, Path directory) {
        this.archive = archive;
        this.directory = directory;
    }

    /** Takes the file of the image and a directory to work in, which is deleted. */
    public static void main(String[] arguments) throws Exception {
        Path tar = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]).toAbsolutePath();
        Optional<Namespaces> namespaces = Namespaces.find();
        if (namespaces.isEmpty()) {
            System.out.println(
                    "The image has no class cache: this machine gives no namespaces (unshare)");
            return;
        }
        Command.run("rm", "-rf", directory.toString());
        ImageArchive archive = ImageArchive.of(tar, directory.resolve("archive"));
        new ImageCache(archive, directory).add(namespaces.get());
        archive.pack(tar);
        forget(tar);
        Command.run("rm", "-rf", directory.toString());
    }

    /** What Jib has noted of the image is true no more. */
    private static void forget(Path tar) throws IOException {
        for (String note : List.of("digest", "id", "json")) {
            Files.deleteIfExists(tar.resolveSibling("jib-image." + note));
        }
    }

    private void add(Namespaces namespaces) throws IOException, InterruptedException {
        Path root = directory.resolve("root");
        archive.layOut(root);
        int feature = feature(root);
        Path layer = directory.resolve("layer");
        Path cache = layer.resolve(CACHE.getRoot().relativize(CACHE));
        Files.createDirectories(cache.getParent());
        ClassCache.make(jvm(namespaces, root, feature), cache);
        archive.addLayer(layer, "class cache");
        List<String> entryPoint = new ArrayList<>(archive.entryPoint());
        entryPoint.addAll(1, ClassCache.options(feature, CACHE));
        archive.entryPoint(entryPoint);
        System.out.printf("Class cache: %d MiB%n", Files.size(cache) >> 20);
    }

    /** The entry point; the cache is made with a collector of its own. */
    private TrainedJvm jvm(Namespaces namespaces, Path root, int feature) throws IOException {
        Path settings = Files.createDirectories(directory.resolve("settings"));
        Path tmp = Files.createDirectories(directory.resolve("tmp"));
        Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> entryPoint = archive.entryPoint();
        List<String> java = namespaces.enter(root, settings, tmp.toString());
        java.add(entryPoint.get(0));
        List<String> program = entryPoint.subList(1, entryPoint.size());
        return new TrainedJvm(java, program, feature, settings, tmp, Path.of("/tmp"));
    }

    private static int feature(Path root) throws IOException {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(root.resolve("opt/java/release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
