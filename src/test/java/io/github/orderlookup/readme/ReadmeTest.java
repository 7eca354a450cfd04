package io.github.orderlookup.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.request.RequestReader;
import io.github.orderlookup.settings.reader.SettingsReader;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Placeholders;
import io.github.orderlookup.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** Run by {@link ReadmeShellIT}. */
    private static final String SHELL = "shell";

    private static final Pattern INLINE_MAVEN = Pattern.compile("`mvn ([^`]+)`");

    private static final Path SPRING_BOOT = Path.of("docs/spring-boot.md");

    /** Drawings, and what is printed: nothing to type or to copy. */
    private static final Set<String> SHOWN = Set.of("text", "mermaid");

    @TempDir private Path directory;

    static List<CodeBlock> blocks() throws IOException {
        return pages().stream().flatMap(file -> CodeBlock.of(file).stream()).toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void isWhatItsLanguageSays(CodeBlock block) throws Exception {
        check(block);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void asksMavenForWhatItKnows(String arguments) throws IOException {
        Maven.assertThatItKnows(arguments);
    }

    /** What the texts tell to type between backquotes; written by hand, or by a profile. */
    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            INLINE_MAVEN
                    .matcher(Files.readString(page))
                    .results()
                    .forEach(command -> commands.add(command.group(1)));
        }
        return commands;
    }

    /** The host application {@code spring-boot-readme} is built and run as these blocks say. */
    @Test
    void hasTheBlocksOfTheSpringBootHost() throws IOException {
        Path host = Path.of("src/it/spring-boot-readme");
        Path resources = host.resolve("src/main/resources");
        String pom = Files.readString(host.resolve("pom.xml"));
        String camel = property("camel.lagging.version");

        assertThat(theOne("java"))
                .isEqualTo(
                        squeezed(
                                Files.readString(
                                                host.resolve(
                                                        "src/main/java/com/example/Orders.java"))
                                        .replace("package com.example;", "")));
        assertThat(theOne("yaml"))
                .isEqualTo(squeezed(Files.readString(resources.resolve("application.yml"))));
        assertThat(
                        squeezed(
                                pom.replace("@camel.lagging.version@", camel)
                                        .replace("@project.version@", projectVersion())))
                .contains(theOne("xml"));
        assertThat(Files.readString(SPRING_BOOT))
                .contains("Spring Boot " + property("spring-boot.version"));
    }

    private static String theOne(String language) {
        List<CodeBlock> blocks = blocks(SPRING_BOOT, language);
        assertThat(blocks).hasSize(1);
        return squeezed(blocks.get(0).text());
    }

    private static List<CodeBlock> blocks(Path page, String language) {
        return CodeBlock.of(page).stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The host application {@code plain-maven} is built and run as these blocks say. */
    @Test
    void hasTheBlocksOfTheCamelMainHost() throws IOException {
        Path host = Path.of("src/it/plain-maven");
        Path main = host.resolve("src/main");
        Path page = Path.of("docs/embedding.md");
        String pom =
                squeezed(
                        Files.readString(host.resolve("pom.xml"))
                                .replace("@camel.version@", property("camel.version"))
                                .replace("@log4j.version@", property("log4j.version"))
                                .replace("@project.version@", projectVersion()));

        assertThat(blocks(page, "java"))
                .extracting(CodeBlock::text)
                .contains(Files.readString(main.resolve("java/com/example/HostApplication.java")));
        assertThat(blocks(page, "properties"))
                .extracting(CodeBlock::text)
                .contains(Files.readString(main.resolve("resources/application.properties")));
        assertThat(blocks(page, "xml"))
                .filteredOn(block -> block.text().startsWith("<project"))
                .singleElement()
                .satisfies(
                        block ->
                                assertThat(pom)
                                        .contains(
                                                squeezed(block.text())
                                                        .replaceAll(
                                                                ".*(<dependencies>.*)"
                                                                        + "</dependencies>.*",
                                                                "$1")));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String property(String name) throws IOException {
        return between("<" + name + ">");
    }

    static String projectVersion() throws IOException {
        return between("<artifactId>order-lookup</artifactId>\n  <version>");
    }

    private static String between(String begin) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        int start = pom.indexOf(begin) + begin.length();
        assertThat(start).isGreaterThanOrEqualTo(begin.length());
        return pom.substring(start, pom.indexOf('<', start));
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
        SettingsReader.readForMain(
                Configuration.of(all, Map.of()),
                Placeholders.NONE,
                key -> Optional.ofNullable(all.get(key)),
                List.of(),
                false);
    }

    private static void xml(CodeBlock block) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        String rooted = "<block>" + block.text() + "</block>";
        factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(rooted.getBytes(StandardCharsets.UTF_8)));
    }
}
