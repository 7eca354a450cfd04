package io.github.orderlookup.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.orderlookup.bench.part.Parameters;
import io.github.orderlookup.bench.part.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every figure of every round as JSON:
 *
 * <pre>
 * {"machine": …, "commit": …, "command": …, "jdks": [{"version": …, "runs": [
 *   {"scenario": …, "system": …, "figures": {"RATE": 7000.1, …}}, …]}, …]}
 * </pre>
 */
public final class ResultsFile {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private ResultsFile() {}

    public static void write(Path file, Parameters parameters, List<Results> all)
            throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("machine", Machine.description());
        content.put("commit", Machine.commit());
        content.put("command", parameters.command());
        content.put("jdks", all.stream().map(ResultsFile::jdk).toList());
        JSON.writeValue(file.toFile(), content);
    }

    private static Map<String, Object> jdk(Results results) {
        return Map.of("version", results.jvm().version().toString(), "runs", results.runs());
    }
}
