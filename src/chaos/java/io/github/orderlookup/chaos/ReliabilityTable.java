package io.github.orderlookup.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code docs/reliability.md} from what the tests of this run have noted, and from the list
 * of those that belong to every build.
 */
final class ReliabilityTable {
    private static final Path PAGE = Path.of("docs", "reliability.md");

    private ReliabilityTable() {}

    public static void main(String[] arguments) throws IOException {
        List<Finding> rows =
                Stream.concat(measured(), EveryBuild.findings())
                        .sorted((a, b) -> a.row().compareTo(b.row()))
                        .toList();
        Files.createDirectories(Path.of("docs"));
        Files.writeString(PAGE, page(rows));
        System.out.println(PAGE + ": " + rows.size() + " rows");
    }

    private static Stream<Finding> measured() throws IOException {
        try (Stream<Path> files = Files.list(Finding.DIRECTORY)) {
            List<Path> all = files.toList();
            return all.stream().map(Finding::read);
        }
    }

    private static String page(List<Finding> rows) {
        return """
        # Reliability

        What order-lookup promises while the parts around it fail, or attack it, and the test that holds it to that.
        Written by `mvn -Pchaos verify`; this is the run of %s on %s processors, JDK %s. That profile runs the tests
        whose names end in `Chaos`; every other test here belongs to `mvn verify`.

        | promise | test | measured |
        |---|---|---|
        %s
        """
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        rows.stream()
                                .map(ReliabilityTable::line)
                                .collect(Collectors.joining("\n")));
    }

    private static String line(Finding finding) {
        return "| %s | `%s` | %s |"
                .formatted(
                        finding.promise(), finding.test(), String.join(", ", finding.measured()));
    }
}
