package io.github.orderlookup.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent that takes all the heap there is, and keeps it, as soon as a file appears. It
 * swallows its own errors: whatever else is in the process meets the next one.
 */
public final class HeapHog {

    private HeapHog() {}

    /**
     * Called by the JVM.
     *
     * @param file the file to wait for
     */
    public static void premain(String file) {
        Thread thread = new Thread(() -> waitAndTake(Path.of(file)), "heap-hog");
        thread.setDaemon(true);
        thread.start();
    }

    private static void waitAndTake(Path file) {
        List<byte[]> taken = new ArrayList<>(1 << 20);
        int size = 1 << 20;
        try {
            while (!Files.exists(file)) {
                Thread.sleep(50);
            }
            while (true) {
                try {
                    taken.add(new byte[size]);
                } catch (OutOfMemoryError e) {
                    size = Math.max(1 << 10, size / 2);
                    Thread.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Packs the agent, for {@code -javaagent:}. */
    public static Path jar(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(new Attributes.Name("Premain-Class"), HeapHog.class.getName());
        Path jar = directory.resolve("heap-hog.jar").toAbsolutePath();
        String file = HeapHog.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                InputStream code = HeapHog.class.getResourceAsStream("/" + file)) {
            entries.putNextEntry(new JarEntry(file));
            code.transferTo(entries);
        }
        return jar;
    }
}
