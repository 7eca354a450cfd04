package io.github.orderlookup.mutants;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Takes each protection of {@code mutants.yaml} out in turn and runs the tests that are to notice.
 * Fails when a mutant survives, when an invariant of {@code docs/invariants.md} has no mutant, and
 * when the tests fail without a change. Writes what came out into that page.
 */
final class Mutants {

    private static final Path PAGE = Path.of("docs/invariants.md");
    private static final Path OUTPUT = Path.of("target/mutants").toAbsolutePath();
    private static final Pattern INVARIANT = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\|");
    private static final Pattern RESULT =
            Pattern.compile("(?s)(<!-- mutants -->\n)(.*?)(<!-- /mutants -->)");
    private static final Pattern LINE = Pattern.compile("- JDK (\\d+).*\n");
    private static final long SECONDS = 120;

    private final List<String> faults = new ArrayList<>();
    private int found;
    private int hung;

    private Mutants() {}

    public static void main(String[] arguments) throws Exception {
        new Mutants().run();
    }

    private void run() throws Exception {
        List<Mutant> mutants = Mutant.all();
        checkThatEachInvariantHasOne(mutants);
        checkThatTestsPassWithoutAChange(mutants);
        for (Mutant mutant : mutants) {
            tryOut(mutant);
        }
        if (!faults.isEmpty()) {
            faults.forEach(System.err::println);
            System.exit(1);
        }
        write(mutants.size());
    }

    private void checkThatEachInvariantHasOne(List<Mutant> mutants) throws IOException {
        Set<String> without = new TreeSet<>();
        INVARIANT.matcher(Files.readString(PAGE)).results().forEach(id -> without.add(id.group(1)));
        for (Mutant mutant : mutants) {
            if (!Files.readString(PAGE).contains("| " + mutant.invariant() + " |")) {
                faults.add("No such invariant: " + mutant.invariant());
            }
            without.remove(mutant.invariant());
        }
        without.forEach(id -> faults.add("No mutant for " + id));
    }

    private void checkThatTestsPassWithoutAChange(List<Mutant> mutants) throws Exception {
        Set<String> tests = new LinkedHashSet<>();
        mutants.forEach(mutant -> tests.addAll(mutant.tests()));
        if (runTests(List.of(), List.copyOf(tests)) != TestRun.PASSED) {
            throw new IllegalStateException("The tests fail without a change: " + tests);
        }
    }

    private void tryOut(Mutant mutant) throws Exception {
        Path classes = compile(mutant);
        int exit = runTests(List.of(classes), mutant.tests());
        String what = exit == TestRun.FAILED ? "found" : exit < 0 ? "hung" : "SURVIVED";
        System.out.printf(
                "%-9s %-4s %s: %s%n", what, mutant.invariant(), mutant.file(), brief(mutant));
        if (exit == TestRun.FAILED) {
            found++;
        } else if (exit < 0) {
            hung++;
        } else if (exit == TestRun.PASSED) {
            faults.add("Survived: " + mutant);
        } else {
            faults.add("Could not be tried, exit code " + exit + ": " + mutant);
        }
    }

    private static String brief(Mutant mutant) {
        String text = mutant.replace().strip().replaceAll("\\s+", " ");
        return text.length() > 70 ? text.substring(0, 70) + "..." : text;
    }

    /** The changed class alone, to stand before the others on the class path. */
    private static Path compile(Mutant mutant) throws IOException {
        Path directory = Files.createDirectories(OUTPUT);
        Path place = Files.createTempDirectory(directory, mutant.invariant() + "-");
        Path source = place.resolve("src").resolve(mutant.className().replace('.', '/') + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, mutant.source());
        Path classes = Files.createDirectories(place.resolve("classes"));
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-nowarn",
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                source.toString());
        if (result != 0) {
            throw new IllegalStateException("Does not compile: " + mutant);
        }
        return classes;
    }

    /** The exit code of {@link TestRun}; negative when it did not end. */
    private static int runTests(List<Path> before, List<String> tests) throws Exception {
        String classPath = System.getProperty("java.class.path");
        for (Path path : before) {
            classPath = path + File.pathSeparator + classPath;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile=log4j2-test.properties",
                        "-Djqwik.database=" + OUTPUT.resolve("jqwik"),
                        "-cp",
                        classPath,
                        TestRun.class.getName()));
        tests.forEach(test -> command.add("io.github.orderlookup." + test));
        Path log = OUTPUT.resolve("last.log");
        Files.createDirectories(OUTPUT);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return -1;
        }
        return process.exitValue();
    }

    /** Writes the line of this JDK beside those of the others. */
    private void write(int all) throws IOException {
        String page = Files.readString(PAGE);
        Matcher result = RESULT.matcher(page);
        if (!result.find()) {
            throw new IllegalStateException(PAGE + " has no place for the result");
        }
        Map<Integer, String> lines = new TreeMap<>();
        LINE.matcher(result.group(2))
                .results()
                .forEach(line -> lines.put(Integer.valueOf(line.group(1)), line.group()));
        lines.put(Runtime.version().feature(), line(all));
        String text = String.join("", lines.values());
        Files.writeString(PAGE, result.replaceFirst("$1" + text + "$3"));
        System.out.print(text);
    }

    private String line(int all) {
        return "- JDK %s, %s: %d protections taken out, %d noticed by a failing test%s, none unnoticed.\n"
                .formatted(
                        System.getProperty("java.version"),
                        LocalDate.now(ZoneOffset.UTC),
                        all,
                        found,
                        hung == 0 ? "" : " and " + hung + " by one that did not end");
    }
}
