package io.github.orderlookup.signin.store;

import io.github.orderlookup.signin.SignInException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a token file, held from before the token is read until after it is replaced. While
 * one is held, no other process that shares the file gets one.
 */
final class RenewalLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FileChannel channel;

    private RenewalLock(FileChannel channel) {
        this.channel = channel;
    }

    /** See {@link TokenStore#lock}. */
    static RenewalLock await(OwnerOnlyFile file, TokenStore.Pause pause) throws SignInException {
        FileChannel channel = null;
        try {
            channel = file.openLock();
            for (Duration left = PATIENCE; !left.isZero(); left = left.minus(POLL)) {
                if (tryLock(channel)) {
                    return new RenewalLock(channel);
                }
                pause.of(POLL);
            }
            throw SignInException.unavailable(
                    TokenStore.FILE + "is being used by another process.", Optional.empty());
        } catch (IOException e) {
            closeQuietly(channel);
            throw e instanceof SignInException ours
                    ? ours
                    : SignInException.refused(
                            TokenStore.FILE
                                    + "cannot be locked: its directory must exist and be"
                                    + " writable.");
        } catch (InterruptedException e) {
            closeQuietly(channel);
            Thread.currentThread().interrupt();
            throw SignInException.unavailable(TokenStore.FILE + "was not waited for.", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written through it; what had to be said is being thrown.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
