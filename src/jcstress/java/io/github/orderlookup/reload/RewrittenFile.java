package io.github.orderlookup.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file whose content is another one after each write, of the same length: no reader finds it
 * empty.
 */
public final class RewrittenFile {

    private final Path path;
    private final FileChannel channel;

    public RewrittenFile() {
        try {
            path = Files.createTempFile("rewritten", ".txt");
            path.toFile().deleteOnExit();
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
            rewrite();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /** Writes 16 hexadecimal digits that were never written before. */
    public void rewrite() {
        String digits = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63);
        try {
            channel.write(ByteBuffer.wrap(digits.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
