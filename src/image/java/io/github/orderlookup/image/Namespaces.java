package io.github.orderlookup.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that makes mount and pid namespaces on this machine: what it takes to run an image
 * that is laid out in a directory.
 */
record Namespaces(List<String> unshare) {
    private static final Path ENTER = Path.of("src", "image", "enter.sh").toAbsolutePath();
    private static final List<String> UNSHARE = List.of("unshare", "--mount", "--pid", "--fork");
    private static final String MOUNTS = "mount -t tmpfs tmpfs /tmp && mount -t proc proc /proc";

    /** A directory of memory, which is what is written to where nothing is kept. */
    static final String MEMORY = "tmpfs";

    /** Empty where the machine allows none. */
    static Optional<Namespaces> find() throws InterruptedException {
        List<String> asUser = new ArrayList<>(UNSHARE);
        asUser.add("--map-root-user");
        for (List<String> unshare : List.of(UNSHARE, asUser)) {
            List<String> line = new ArrayList<>(unshare);
            line.addAll(List.of("sh", "-c", MOUNTS));
            if (Command.succeeds(line)) {
                return Optional.of(new Namespaces(unshare));
            }
        }
        return Optional.empty();
    }

    /**
     * The command that a command of the image is appended to. What then runs is a child of the
     * process.
     *
     * @param root where the image is laid out; mount points are added to it
     * @param settings what is seen as the working directory
     * @param tmp the directory that is seen as /tmp, or {@link #MEMORY}
     */
    List<String> enter(Path root, Path settings, String tmp) {
        List<String> line = new ArrayList<>(unshare);
        line.addAll(
                List.of(
                        ENTER.toString(),
                        root.toAbsolutePath().toString(),
                        settings.toAbsolutePath().toString(),
                        tmp));
        return line;
    }
}
