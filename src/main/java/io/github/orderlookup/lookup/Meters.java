package io.github.orderlookup.lookup;

/**
 * Is told how lookups and calls end, so that they can be counted. Called on the way of every
 * lookup: implementations are thread-safe, quick, and never fail.
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

    /** A door has given its answer: {@link Lookup#conclusion} says which. */
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
