package io.github.orderlookup.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.RequestReader;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block of code in the README and in docs is what it says that it is. */
class ReadmeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Run by {@link ReadmeShellIT}, where the README alone is concerned. */
    private static final String SHELL = "shell";

    /** Drawings, and what is printed: nothing to type or to copy. */
    private static final Set<String> SHOWN = Set.of("text", "mermaid");

    @TempDir private Path directory;

    static List<CodeBlock> blocks() throws IOException {
        try (Stream<Path> docs =
                Files.exists(Path.of("docs")) ? Files.walk(Path.of("docs")) : Stream.empty()) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(file -> CodeBlock.of(file).stream())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void isWhatItsLanguageSays(CodeBlock block) throws Exception {
        check(block);
    }

    @Test
    void refusesALanguageThatNobodyChecks() {
        CodeBlock block = new CodeBlock(Path.of("X.md"), 1, "cobol", "STOP RUN.");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> check(block))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no checker");
    }

    private void check(CodeBlock block) throws Exception {
        switch (block.language()) {
            case "json" -> json(block);
            case "yaml" -> yaml(block);
            case "properties" -> properties(block);
            case "java" -> JavaBlock.compile(block.text(), directory);
            case "xml" -> xml(block);
            default ->
                    assertThat(SHOWN.contains(block.language()) || block.language().equals(SHELL))
                            .as("%s: there is no checker for this language", block)
                            .isTrue();
        }
    }

    /** A request must be one that we take, a problem one of ours; anything else must be JSON. */
    private static void json(CodeBlock block) throws IOException {
        JsonNode json = JSON.readTree(block.text());
        assertThat(json.isContainerNode()).isTrue();
        if (json.path("type").asText().startsWith("urn:order-lookup:problem:")) {
            ProblemType type =
                    Arrays.stream(ProblemType.values())
                            .filter(known -> known.urn().equals(json.path("type").asText()))
                            .findFirst()
                            .orElseThrow();
            assertThat(json.path("title").asText()).isEqualTo(type.title());
            assertThat(json.path("status").asInt()).isEqualTo(type.status());
            assertThat(json.path("retryable").asBoolean()).isEqualTo(type.retryable());
        } else if (json.has("customerId") && json.has("orderId")) {
            assertThat(RequestReader.read(block.text().getBytes(StandardCharsets.UTF_8)))
                    .isNotNull();
        }
    }

    private static void properties(CodeBlock block) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block.text()));
        assertThat(properties).isNotEmpty();
        Map<String, String> texts = new HashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> texts.put(key, properties.getProperty(key)));
        settings(texts);
    }

    /** Routes must be valid for Camel, settings for us; anything else must be YAML. */
    private static void yaml(CodeBlock block) throws IOException {
        JsonNode tree = YAML.readTree(block.text());
        if (tree.isArray()) {
            routes(tree);
        } else {
            Map<String, String> texts = new HashMap<>();
            flatten("", tree, texts);
            settings(texts);
        }
    }

    private static void routes(JsonNode tree) throws IOException {
        try (InputStream in = ReadmeTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(in).validate(tree))
                    .isEmpty();
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(
                            member ->
                                    flatten(
                                            prefix.isEmpty()
                                                    ? member.getKey()
                                                    : prefix + "." + member.getKey(),
                                            member.getValue(),
                                            into));
        } else {
            into.put(prefix, node.asText());
        }
    }

    /** What a block leaves out is made up; what it names must be a setting with a fitting value. */
    private static void settings(Map<String, String> texts) {
        Map<String, String> all = new HashMap<>();
        all.put("partner-center.tenant-id", Simulator.TENANT_ID);
        all.put("partner-center.client-id", Simulator.CLIENT_ID);
        if (!texts.containsKey("partner-center.client-certificate")) {
            all.put("partner-center.client-secret", Simulator.CLIENT_SECRET);
        }
        all.putAll(texts);
        all.replaceAll(
                (key, text) -> text.matches("\\$\\{[A-Z_]+}") ? all.getOrDefault(key, "x") : text);
        Settings.readForMain(key -> Optional.ofNullable(all.get(key)), all.keySet(), List.of());
    }

    private static void xml(CodeBlock block) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        String rooted = "<block>" + block.text() + "</block>";
        factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(rooted.getBytes(StandardCharsets.UTF_8)));
    }
}
