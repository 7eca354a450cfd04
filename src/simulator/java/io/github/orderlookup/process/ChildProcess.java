package io.github.orderlookup.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running child, which ends with this JVM at the latest. Every wait fails at once when the child
 * ends meanwhile, and every failure shows what the child printed. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    /** Long enough for a busy machine: only a failure ever waits for it. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final Set<ChildProcess> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(ChildProcess::kill)));
    }

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    ChildProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
        ALIVE.add(this);
        process.onExit().thenRun(() -> ALIVE.remove(this));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written to standard output so far. */
    public String stdout() {
        return read(out);
    }

    /** What it has written to standard error so far. */
    public String stderr() {
        return read(err);
    }

    /** Waits until the child has printed the text to standard output. */
    public ChildProcess awaitStdout(String text) {
        return await("print " + text, () -> stdout().contains(text));
    }

    /** Waits until a GET of the address is answered with 200. */
    public ChildProcess awaitReady(URI address) {
        return awaitReady(address, PATIENCE);
    }

    /** As {@link #awaitReady(URI)}, with another limit. */
    public ChildProcess awaitReady(URI address, Duration limit) {
        return await("answer 200 at " + address, () -> isOk(address), limit);
    }

    /**
     * Waits until the condition holds.
     *
     * @param what what the child is waited for to do, for the message of a failure
     */
    public ChildProcess await(String what, Callable<Boolean> condition) {
        return await(what, condition, PATIENCE);
    }

    private ChildProcess await(String what, Callable<Boolean> condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = isAlive() && System.nanoTime() - end < 0;
            if (holds(condition)) {
                return this;
            }
            pause();
        }
        throw failure("did not " + what, null);
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not waited for", e);
        }
    }

    /** Waits until the child has ended by itself and returns its exit code. */
    public int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** As {@link #awaitExit()}, with another limit. */
    public int awaitExit(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw failure("did not end within " + limit, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not waited for", e);
        }
    }

    /**
     * Asks it to end (SIGTERM), waits until it has, and returns its exit code: 143 where nothing in
     * the child chose another one.
     */
    public int terminate() {
        signalTermination();
        return awaitExit();
    }

    /** Asks it to end (SIGTERM) and does not wait. */
    public void signalTermination() {
        // Process.destroy would also close the child's standard input, which ParentWatch reads.
        process.toHandle().destroy();
    }

    /** Holds it where it is (SIGSTOP), as a virtual machine that is moved or starved. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + pid()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not signalled", e);
        }
    }

    /** Ends it without asking (SIGKILL) and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + (isAlive() ? ")" : ", ended)");
    }

    private IllegalStateException failure(String what, @Nullable Exception cause) {
        String printed = out.equals(err) ? stdout() : stdout() + stderr();
        String message = this + " " + what + "; it printed:\n" + printed;
        return new IllegalStateException(message, cause);
    }

    private static boolean isOk(URI address) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) PROBE_TIMEOUT.toMillis());
            connection.setReadTimeout((int) PROBE_TIMEOUT.toMillis());
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
