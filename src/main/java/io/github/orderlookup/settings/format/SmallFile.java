package io.github.orderlookup.settings.format;

import io.github.orderlookup.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads whole files that hold a secret, keys or certificates. */
public final class SmallFile {
    /** Of a secret, of keys, of a chain of certificates: 1 MiB. */
    public static final int LARGEST = 1 << 20;

    private SmallFile() {}

    /**
     * The content of a file of 1 byte to 1 MiB.
     *
     * @throws MalformedException when there is none; says why, with the file
     */
    public static byte[] read(Path file) throws MalformedException {
        return read(file, LARGEST);
    }

    /**
     * The content of a file of at least 1 byte.
     *
     * @param largest size in bytes, whole MiB
     * @throws MalformedException when there is none; says why, with the file
     */
    public static byte[] read(Path file, int largest) throws MalformedException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(largest + 1);
            if (content.length > largest) {
                throw new MalformedException(
                        Quoted.ofPath(file) + " is larger than " + (largest >> 20) + " MiB");
            }
            if (content.length == 0) {
                throw new MalformedException(Quoted.ofPath(file) + " is empty");
            }
            return content;
        } catch (AccessDeniedException e) {
            throw new MalformedException(Quoted.ofPath(file) + " cannot be read by this user");
        } catch (NoSuchFileException e) {
            throw new MalformedException(Quoted.ofPath(file) + " does not exist");
        } catch (IOException e) {
            throw new MalformedException(Quoted.ofPath(file) + " cannot be read");
        }
    }

    /** Requires a regular file, so that opening it does not wait for a writer as a pipe's does. */
    static void requireFile(Path file) throws MalformedException {
        if (!Files.exists(file)) {
            throw new MalformedException(
                    Quoted.ofPath(file)
                            + (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                                    ? " is a link to a file that does not exist"
                                    : " does not exist"));
        }
        if (Files.isDirectory(file)) {
            throw new MalformedException(Quoted.ofPath(file) + " is no file but a directory");
        }
        if (!Files.isRegularFile(file)) {
            throw new MalformedException(Quoted.ofPath(file) + " is no file");
        }
        if (!Files.isReadable(file)) {
            throw new MalformedException(Quoted.ofPath(file) + " cannot be read by this user");
        }
    }
}
