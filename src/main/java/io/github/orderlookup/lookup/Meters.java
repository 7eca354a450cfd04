package io.github.orderlookup.lookup;

/**
 * Counts how lookups and calls end. Called for every lookup: implementations are thread-safe, fast,
 * and never fail.
 */
public interface Meters {

    /** Counts nothing. */
    Meters NONE =
            new Meters() {
                @Override
                public void lookupEnded(Lookup lookup) {}

                @Override
                public void callEnded(int status, long nanos) {}
            };

    /** A lookup has its outcome: see {@link Lookup#conclusion}. */
    void lookupEnded(Lookup lookup);

    /**
     * A call to Partner Center is over.
     *
     * @param status the HTTP status of the whole answer; 0 when none came
     * @param nanos how long it took from the connection to the last byte, without the wait for a
     *     token
     */
    void callEnded(int status, long nanos);
}
