package io.github.orderlookup.route;

import io.github.orderlookup.lookup.Lookup;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Continues an exchange that waits at a step, exactly once, whatever is thrown meanwhile.
 * Thread-safe.
 */
public final class Resumption {

    private final Exchange exchange;
    private final Lookup lookup;
    private final AsyncCallback callback;
    private final AtomicBoolean resumed = new AtomicBoolean();

    public Resumption(Exchange exchange, Lookup lookup, AsyncCallback callback) {
        this.exchange = exchange;
        this.lookup = lookup;
        this.callback = callback;
    }

    /** Goes on, on this thread, after a last piece of work; what that throws fails the exchange. */
    public void resume(Runnable work) {
        if (resumed.compareAndSet(false, true)) {
            goOn(work);
        }
    }

    /** The same on a thread of the executor; on this one, as failed, when there is none. */
    public void resumeOn(Executor executor, Runnable work) {
        if (!resumed.compareAndSet(false, true)) {
            return;
        }
        AtomicBoolean begun = new AtomicBoolean();
        try {
            executor.execute(
                    () -> {
                        begun.set(true);
                        goOn(work);
                    });
        } catch (Throwable e) {
            if (begun.get()) {
                throw e;
            }
            goOn(() -> exchange.setException(e));
        }
    }

    /** Goes on as failed. */
    public void fail(Throwable why) {
        resume(() -> exchange.setException(why));
    }

    private void goOn(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            exchange.setException(e);
        }
        try {
            callback.done(false);
        } catch (Throwable e) {
            lookup.release();
            throw e;
        }
    }
}
