package io.github.orderlookup.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Error bodies that Partner Center really sent, where a collection of them lies beside us. */
class RecordedErrorsTest {

    private static final Path ERRORS =
            Path.of(System.getProperty("shared.samples", "../shared/samples"), "errors");

    /** {@code <status>-<code or words>.json}, after which host it was for the foreign ones. */
    private static final Pattern NAME = Pattern.compile("(?:[a-z]+-)?([0-9]{3})-([0-9]*).*");

    @BeforeEach
    void skipWithoutACollection() {
        assumeTrue(Files.isDirectory(ERRORS), "no collection of recorded errors");
    }

    @TestFactory
    Stream<DynamicTest> classifiesEachByItsStatus() throws IOException {
        return bodies().map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> classifies(file)));
    }

    @Test
    void findsTheErrorOfTheFrontEnd() throws IOException {
        Failure failure = failure(404, "404-3000-not-found.json");

        assertThat(failure.type()).isEqualTo(ProblemType.ORDER_NOT_FOUND);
        assertThat(failure.upstream().code()).isEqualTo("3000");
        assertThat(failure.upstream().source()).isEqualTo("PartnerFD");
    }

    @Test
    void takesNoTextFromTheLoginHost() throws IOException {
        Failure failure = failure(400, "entra-400-invalid_grant-9002313-with-error_uri.json");

        assertThat(failure.upstream())
                .isEqualTo(new Upstream(400, "invalid_grant", "AADSTS9002313", null));
    }

    @Test
    void takesTheTitleOfAnErrorPage() throws IOException {
        Failure failure = failure(403, "gateway-403-application-gateway.html");

        assertThat(failure.upstream()).isEqualTo(new Upstream(403, null, "403 Forbidden", null));
    }

    private static void classifies(Path file) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        int status = name.matches() ? Integer.parseInt(name.group(1)) : 403;

        Failure failure = failure(status, file.getFileName().toString());

        ProblemType type =
                switch (status) {
                    case 400 -> ProblemType.INVALID_REQUEST;
                    case 403 -> ProblemType.ACCESS_DENIED;
                    case 404 -> ProblemType.ORDER_NOT_FOUND;
                    default -> ProblemType.THROTTLED;
                };
        assertThat(failure.type()).isEqualTo(type);
        assertThat(failure.upstream().description()).isNotBlank();
    }

    private static Failure failure(int status, String name) throws IOException {
        UpstreamResponse response =
                Answers.of(status, Map.of(), Files.readAllBytes(ERRORS.resolve(name)));
        return FailureClassifier.classify(response, Instant.EPOCH).orElseThrow();
    }

    private static Stream<Path> bodies() throws IOException {
        try (Stream<Path> files = Files.list(ERRORS)) {
            return files
                    .filter(file -> !file.toString().endsWith(".http"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
