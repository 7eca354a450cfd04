package io.github.orderlookup.reload;

import io.github.orderlookup.settings.format.CertifiedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files every second, one after another, on a thread that may wait: the timer only starts
 * it. A file system that hangs holds up nothing but the next look.
 *
 * <p>Thread-safe.
 */
public final class FileWatch implements AutoCloseable {
    /** The name of the value that is the certificate of the application. */
    public static final String CLIENT_CERTIFICATE = "client-certificate";

    /** The name of the value that is the certificate of the REST endpoint. */
    public static final String REST_CERTIFICATE = "rest-certificate";

    private static final String LOOKING = "Looking at files";
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Executor executor;
    private final BiConsumer<String, Throwable> onError;
    private final List<FileValue<?>> values = new CopyOnWriteArrayList<>();
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> ticks;

    /**
     * @param executor reads the files
     * @param onError is notified of what a look throws
     */
    public FileWatch(Executor executor, BiConsumer<String, Throwable> onError) {
        this.executor = executor;
        this.onError = onError;
    }

    /** Looks at the files of this value too, and runs the action after each change of it. */
    public void add(FileValue<?> value, Runnable onChange) {
        values.add(value);
        looks.add(
                () -> {
                    if (value.look()) {
                        onChange.run();
                    }
                });
    }

    /** Makes this look too, which may wait for a file. */
    public void add(Runnable look) {
        looks.add(look);
    }

    /** Starts looking, if there is something to look at. */
    public void start(ScheduledExecutorService timer) {
        if (!looks.isEmpty()) {
            ticks =
                    timer.scheduleWithFixedDelay(
                            this::tick,
                            INTERVAL.toMillis(),
                            INTERVAL.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Makes all looks, unless the last ones are still being made. */
    void tick() {
        if (looking.compareAndSet(false, true)) {
            try {
                executor.execute(this::lookAtAll);
            } catch (RuntimeException | Error e) {
                looking.set(false);
                onError.accept(LOOKING, e);
            }
        }
    }

    private void lookAtAll() {
        try {
            looks.forEach(this::lookSafely);
        } finally {
            looking.set(false);
        }
    }

    /** A look that fails keeps none of the others from being made. */
    private void lookSafely(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            onError.accept(LOOKING, e);
        }
    }

    /** The values, in the order in which they were added. */
    public List<FileValue<?>> values() {
        return List.copyOf(values);
    }

    /** When the certificate of the value with this name expires; empty when there is none. */
    public Optional<Instant> expiry(String name) {
        return values.stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> Optional.ofNullable(each.value()).stream())
                .filter(CertifiedKeys.class::isInstance)
                .map(keys -> ((CertifiedKeys) keys).expiry())
                .findFirst();
    }

    @Override
    public void close() {
        ScheduledFuture<?> started = ticks;
        if (started != null) {
            started.cancel(false);
        }
    }
}
