package io.github.orderlookup.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The sample Orders, which the simulator serves. */
public final class OrderFiles {

    private OrderFiles() {}

    public static List<Path> all() {
        return in(folder());
    }

    /** The documents of a folder; none when the folder is not there. */
    public static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Order whose file begins with the number. */
    static Order order(int number) {
        String prefix = "%02d-".formatted(number);
        return all().stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .map(OrderFiles::read)
                .findFirst()
                .orElseThrow();
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder() {
        URL folder = Objects.requireNonNull(OrderFiles.class.getResource("/orders"));
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Order read(Path file) {
        try {
            return OrderJson.read(bytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
