package io.github.orderlookup.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.stream.Stream;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs test classes in a JVM of their own. Exit code {@link #PASSED}, {@link #FAILED}, or another
 * one when they could not be run.
 */
final class TestRun {

    static final int PASSED = 0;
    static final int FAILED = 1;
    private static final int NO_TESTS = 2;

    private TestRun() {}

    public static void main(String[] classes) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                request()
                        .selectors(Stream.of(classes).map(name -> selectClass(name)).toList())
                        .build(),
                summary);
        long failed = summary.getSummary().getTotalFailureCount();
        long succeeded = summary.getSummary().getTestsSucceededCount();
        System.exit(failed > 0 ? FAILED : succeeded > 0 ? PASSED : NO_TESTS);
    }
}
