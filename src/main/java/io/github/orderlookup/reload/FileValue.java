package io.github.orderlookup.reload;

import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.format.SmallFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is read from one or more files, and read again when they change.
 *
 * <p>A change is found by the content of the files, which are small: an editor may replace a file,
 * Kubernetes swaps a link to the directory above it, and dates may be kept by either. New content
 * that cannot be used is reported, and the value stays as it is.
 *
 * <p>Thread-safe. {@link #value} reads no file; the others do, one at a time.
 */
public final class FileValue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FileValue.class);

    private final String name;
    private final String key;
    private final List<Path> files;
    private final int largest;
    private final Parser<T> parser;

    private final ReentrantLock lock = new ReentrantLock();

    /** What the last look found; guarded by the lock. */
    private @Nullable FileSnapshot seen;

    /** What the value was made of; guarded by the lock. */
    private @Nullable FileSnapshot taken;

    private volatile @Nullable T value;
    private volatile @Nullable String fault;

    /** Makes the value of the content of the files. */
    @FunctionalInterface
    public interface Parser<T> {
        /**
         * Makes the value.
         *
         * @param contents one for each file
         * @param present the value that would be replaced; null when there is none
         * @throws MalformedException when the content cannot be used, or not instead of the present
         *     value; says why, and nothing of the content
         */
        T parse(List<byte[]> contents, @Nullable T present) throws MalformedException;
    }

    /**
     * Reads the files for the first time. There is no value when they cannot be used.
     *
     * @param name of the value in metrics, such as {@code client-secret}
     * @param key of the setting that names the first file
     */
    public FileValue(String name, String key, List<Path> files, Parser<T> parser) {
        this(name, key, files, SmallFile.LARGEST, parser);
    }

    /**
     * The same for files that may be larger than others.
     *
     * @param largest size of each file in bytes
     */
    public FileValue(String name, String key, List<Path> files, int largest, Parser<T> parser) {
        this.name = name;
        this.key = key;
        this.files = List.copyOf(files);
        this.largest = largest;
        this.parser = parser;
        FileSnapshot first = FileSnapshot.of(files, largest);
        seen = first;
        try {
            value = parser.parse(first.contents(), null);
            taken = first;
        } catch (MalformedException e) {
            report(e.wrong());
        }
    }

    public String name() {
        return name;
    }

    /** The key of the setting that names the file. */
    public String key() {
        return key;
    }

    /** The value that holds; null as long as the files could never be used. */
    public @Nullable T value() {
        return value;
    }

    /** Why the files cannot be used as they are, with the name of the file; empty when they can. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /**
     * Looks at the files, and acts on what has been the same for two looks: a file may be seen
     * while it is written.
     *
     * @return whether the value is another one now
     */
    public boolean look() {
        lock.lock();
        try {
            FileSnapshot now = FileSnapshot.of(files, largest);
            boolean settled = now.equals(seen);
            if (settled) {
                return take(Objects.requireNonNull(seen), true);
            }
            seen = now;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks at the files and takes what can be used at once, since the value is needed now.
     *
     * @return whether the value is another one now
     */
    public boolean lookNow() {
        lock.lock();
        try {
            return take(FileSnapshot.of(files, largest), false);
        } finally {
            lock.unlock();
        }
    }

    private boolean take(FileSnapshot found, boolean settled) {
        if (found.equals(taken)) {
            clear();
            return false;
        }
        T present = value;
        T next;
        try {
            next = parser.parse(found.contents(), present);
        } catch (MalformedException e) {
            if (settled) {
                report(e.wrong());
            }
            return false;
        }
        taken = found;
        value = next;
        clear();
        if (next.equals(present)) {
            return false;
        }
        LOG.info("{} has changed: the new content is used from now on", key);
        return true;
    }

    private void report(String wrong) {
        if (!wrong.equals(fault)) {
            fault = wrong;
            LOG.warn(
                    "{} cannot be used: {}{}",
                    key,
                    wrong,
                    value == null ? "" : ". The previous content stays in use");
        }
    }

    private void clear() {
        if (fault != null) {
            fault = null;
            LOG.info("{} can be used again", key);
        }
    }

    @Override
    public String toString() {
        return "FileValue[" + name + "]";
    }
}
