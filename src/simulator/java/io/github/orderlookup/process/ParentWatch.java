package io.github.orderlookup.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends a child JVM as soon as the process that started it is gone, however that one ended. */
public final class ParentWatch {
    private ParentWatch() {}

    /** Halts this JVM when its standard input ends, which {@link ChildProcess} holds open. */
    public static void start() {
        InputStream input = System.in;
        var watch = new Thread(() -> haltAtEnd(input), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void haltAtEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException alsoMeansThatTheParentIsGone) {
            // halts below
        }
        Runtime.getRuntime().halt(1);
    }
}
