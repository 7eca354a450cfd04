package io.github.orderlookup.signin.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A small file with mode 0600 that is replaced as a whole or not at all, also through a crash or a
 * power failure. Where there are no POSIX modes, the directory's rights must do.
 */
final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");
    private static final long LARGEST = 1 << 20;

    private final Path file;

    OwnerOnlyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    boolean isMissing() {
        return Files.notExists(file);
    }

    /** Another value after each replacement of the file; an empty text while there is none. */
    Object version() {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
        } catch (IOException e) {
            return "";
        }
    }

    /** The mode, such as {@code rw-r-----}, when it lets others than the owner in. */
    Optional<String> modeTooOpen() throws IOException {
        if (!isPosix()) {
            return Optional.empty();
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        return found.stream().anyMatch(OTHERS::contains)
                ? Optional.of(PosixFilePermissions.toString(found))
                : Optional.empty();
    }

    byte[] read() throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            throw new IOException("no small regular file");
        }
        return Files.readAllBytes(file);
    }

    /** Opens the file beside this one that processes lock while they replace this one. */
    FileChannel openLock() throws IOException {
        return open(beside(file, ".lock"), StandardOpenOption.CREATE);
    }

    /** Replaces the content. When this returns, the new one is on disk. */
    void replace(byte[] content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path next = beside(target, ".new");
        Files.deleteIfExists(next);
        try (FileChannel out = open(next, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(target);
    }

    private FileChannel open(Path path, StandardOpenOption creation) throws IOException {
        FileAttribute<?>[] attributes =
                isPosix()
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                        : new FileAttribute<?>[0];
        return FileChannel.open(path, Set.of(creation, StandardOpenOption.WRITE), attributes);
    }

    /**
     * So that the name points to the new file after a power failure; not every system knows how.
     */
    private static void forceDirectory(Path target) {
        Path directory = target.getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The file itself has been forced; a system that cannot do this orders renames itself.
        }
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
