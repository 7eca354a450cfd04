package io.github.orderlookup.lookup;

/**
 * Something that a lookup holds: a resource to be released, or the registration of a listener to be
 * withdrawn.
 */
@FunctionalInterface
public interface Hold {

    /** Releases it, or withdraws it, now. Further calls have no effect. Thread-safe. */
    void release();
}
