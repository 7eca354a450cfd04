package io.github.orderlookup.reload;

import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.format.SmallFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What files hold at a moment, or why they cannot be read. Immutable; its text form shows nothing
 * of the content.
 */
final class FileSnapshot {
    private final List<byte[]> contents;
    private final @Nullable String wrong;

    private FileSnapshot(List<byte[]> contents, @Nullable String wrong) {
        this.contents = contents;
        this.wrong = wrong;
    }

    /**
     * @param largest size of a file that is read
     */
    static FileSnapshot of(List<Path> files, int largest) {
        List<byte[]> contents = new ArrayList<>();
        try {
            for (Path file : files) {
                contents.add(SmallFile.read(file, largest));
            }
            return new FileSnapshot(contents, null);
        } catch (MalformedException e) {
            return new FileSnapshot(List.of(), e.wrong());
        }
    }

    /**
     * One for each file.
     *
     * @throws MalformedException when one of them could not be read
     */
    List<byte[]> contents() throws MalformedException {
        if (wrong != null) {
            throw new MalformedException(wrong);
        }
        return contents;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileSnapshot snapshot
                && Objects.equals(wrong, snapshot.wrong)
                && Arrays.deepEquals(contents.toArray(), snapshot.contents.toArray());
    }

    @Override
    public int hashCode() {
        return Objects.hash(wrong, Arrays.deepHashCode(contents.toArray()));
    }

    @Override
    public String toString() {
        return "FileSnapshot[" + contents.size() + "]";
    }
}
