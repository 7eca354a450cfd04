package io.github.orderlookup.supervision;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process with exit code 70 when it cannot go on.
 *
 * <p>It must work without heap, and while threads of others hang: its thread is started beforehand,
 * what it needs is allocated beforehand, and it halts the virtual machine without shutdown hooks.
 * Requests whose outcome is not committed are answered again by the next process. Thread-safe.
 */
public final class ProcessEnd implements Consumer<Throwable> {

    /** The exit code of a process that cannot go on: {@code EX_SOFTWARE} of sysexits.h. */
    public static final int CANNOT_GO_ON = 70;

    private static final int RESERVE = 1 << 20;
    private static final long LAST_WORDS_MILLIS = 1_000;

    private final IntConsumer halt;
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> reason = new AtomicReference<>();
    private final byte[] memory = words("the memory of the process is exhausted.");
    private final byte[] other = words("see the error in the log.");
    private final AtomicReference<byte @Nullable []> reserve =
            new AtomicReference<>(new byte[RESERVE]);

    /**
     * @param halt ends the process with a code, at once: {@code Runtime.getRuntime()::halt}
     */
    public ProcessEnd(IntConsumer halt) {
        this.halt = halt;
        Thread thread = new Thread(this::await, "order-lookup-end");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the process soon; returns at once, and allocates nothing. */
    @Override
    public void accept(Throwable thrown) {
        reason.compareAndSet(null, thrown);
        asked.countDown();
    }

    private void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            // Nothing interrupts it but the end of the process.
        }
        reserve.set(null);
        speak();
        halt.accept(CANNOT_GO_ON);
    }

    private static byte[] words(String why) {
        return ("order-lookup cannot go on and ends with exit code "
                        + CANNOT_GO_ON
                        + ": "
                        + why
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The log is written by others, who may need heap or locks: the words here need neither. */
    private void speak() {
        try {
            err.write(reason.get() instanceof OutOfMemoryError ? memory : other);
            // Leaves time for the log line of the error.
            TimeUnit.MILLISECONDS.sleep(LAST_WORDS_MILLIS);
        } catch (Throwable e) {
            // It ends all the same.
        }
    }
}
