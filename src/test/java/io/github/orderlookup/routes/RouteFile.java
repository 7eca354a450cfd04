package io.github.orderlookup.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of {@code routes/}, as text and as a tree. */
final class RouteFile {

    private static final Path FOLDER = Path.of("routes");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path path;
    private final List<String> lines;
    private final JsonNode tree;

    private RouteFile(Path path) {
        this.path = path;
        try {
            lines = Files.readAllLines(path);
            tree = YAML.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<RouteFile> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().map(RouteFile::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every {@code route} of every file. */
    static List<JsonNode> allRoutes() {
        return all().stream().flatMap(file -> file.items("route").stream()).toList();
    }

    /** Every step of every route and route configuration, those inside of others included. */
    static List<Step> allSteps() {
        return all().stream().flatMap(file -> stepsIn(file.tree).stream()).toList();
    }

    List<String> lines() {
        return lines;
    }

    JsonNode tree() {
        return tree;
    }

    /** The items of this kind at the top of the file. */
    List<JsonNode> items(String kind) {
        return children(tree).map(item -> item.path(kind)).filter(JsonNode::isObject).toList();
    }

    /** The steps under a node, at any depth. */
    static List<Step> stepsIn(JsonNode node) {
        List<Step> steps = new ArrayList<>();
        collect(node, steps);
        return steps;
    }

    private static void collect(JsonNode node, List<Step> steps) {
        children(node.path("steps"))
                .forEach(
                        step ->
                                step.fields()
                                        .forEachRemaining(
                                                only ->
                                                        steps.add(
                                                                new Step(
                                                                        only.getKey(),
                                                                        only.getValue()))));
        node.forEach(child -> collect(child, steps));
    }

    /** Every object under a node that has this member, the node included. */
    static Stream<JsonNode> having(String member, JsonNode node) {
        Stream<JsonNode> deeper = children(node).flatMap(child -> having(member, child));
        return node.has(member) ? Stream.concat(Stream.of(node), deeper) : deeper;
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }

    /**
     * @param kind {@code to}, {@code bean}, ...
     */
    record Step(String kind, JsonNode options) {

        String id() {
            return options.path("id").asText();
        }

        /** Whether it does something itself, rather than hold other steps. */
        boolean hasAnEffect() {
            return !options.has("steps");
        }

        @Override
        public String toString() {
            return kind + " " + id();
        }
    }
}
