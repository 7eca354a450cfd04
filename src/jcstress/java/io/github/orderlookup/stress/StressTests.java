package io.github.orderlookup.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;

/**
 * Runs the stress tests on the JDK that runs this class. Fails when an outcome is forbidden, when a
 * test cannot be run, and when {@code docs/invariants.md} does not name a test at the invariants of
 * its description. A run of all tests writes what came out into that page.
 */
final class StressTests {

    /** Jcstress waits for ever for actors that do. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private StressTests() {}

    /**
     * Runs the tests.
     *
     * @param arguments the page, a regular expression for names of tests, and options of jcstress
     *     with spaces between them
     */
    public static void main(String[] arguments) throws Exception {
        Page page = new Page(Path.of(arguments[0]));
        String tests = arguments[1];
        Options options = options(tests, arguments[2]);
        JCStress stress = new JCStress(options);
        page.requireThatItNames(stress.getTests());
        limitTheTime();
        stress.run();
        List<TestResult> results = results(options);
        requireThatAllRan(stress.getTests(), results);
        if (tests.equals(".*")) {
            page.write(results);
        }
    }

    private static void limitTheTime() {
        Thread limit = new Thread(StressTests::endAfterTheLongestTime, "time limit");
        limit.setDaemon(true);
        limit.start();
    }

    private static void endAfterTheLongestTime() {
        try {
            Thread.sleep(LONGEST.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        System.err.println("The tests have not ended after " + LONGEST);
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(1);
    }

    private static Options options(String tests, String effort) throws IOException {
        List<String> options = new ArrayList<>(List.of("-t", tests, "-r", "report"));
        // Jcstress does not find out that the JVM can keep fields on cache lines of their own.
        for (String argument : List.of("-XX:-RestrictContended", logging())) {
            options.addAll(List.of("-jvmArgsPrepend", argument));
        }
        options.addAll(Arrays.asList(effort.split(" ", -1)));
        Options parsed = new Options(options.toArray(String[]::new));
        if (!parsed.parse()) {
            throw new IllegalArgumentException("Not understood: " + options);
        }
        return parsed;
    }

    private static String logging() {
        String key = "log4j2.configurationFile";
        return "-D" + key + "=" + System.getProperty(key, "");
    }

    /** One for each test and way of running it. */
    private static List<TestResult> results(Options options) throws Exception {
        InProcessCollector collector = new InProcessCollector();
        DiskReadCollector file = new DiskReadCollector(options.getResultFile(), collector);
        file.dump();
        file.close();
        return ReportUtils.mergedByConfig(collector.getTestResults());
    }

    /** Jcstress passes over a test that has more actors than there are cores, or no samples. */
    private static void requireThatAllRan(Collection<String> tests, List<TestResult> results) {
        Set<String> without = new TreeSet<>(tests);
        Set<String> ran =
                results.stream()
                        .filter(result -> result.getTotalCount() > 0)
                        .map(TestResult::getName)
                        .collect(Collectors.toSet());
        without.removeAll(ran);
        if (tests.isEmpty() || !without.isEmpty()) {
            throw new IllegalStateException("No samples of " + without + " of " + tests);
        }
    }
}
