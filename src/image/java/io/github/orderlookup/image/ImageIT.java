package io.github.orderlookup.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image of {@code mvn -Pimage package}, its layers laid out in a directory: what is in it.
 * {@code ImageStartIT} starts it.
 */
class ImageIT {
    private static final Path DIRECTORY = Path.of("target", "image");

    /** The time of every file, whenever the image was made. */
    private static final Instant BUILT = Instant.EPOCH.plusSeconds(1);

    private static final int SET_ID_BITS = 06000;
    private static final int WRITABLE_BY_OTHERS = 0002;
    private static final int READABLE_BY_OTHERS = 0004;

    private static UnpackedImage image;

    @BeforeAll
    static void unpack() throws Exception {
        image = UnpackedImage.in(DIRECTORY);
    }

    @Test
    void saysHowItIsToBeRun() {
        JsonNode config = image.config();

        assertThat(config.path("User").asText()).isEqualTo("65532:65532");
        assertThat(config.path("Volumes").fieldNames()).toIterable().containsExactly("/tmp");
        assertThat(config.at("/Labels/org.opencontainers.image.title").asText())
                .isEqualTo("order-lookup");
        assertThat(config.at("/Labels/org.opencontainers.image.version").asText()).isNotEmpty();
        assertThat(image.entryPoint())
                .startsWith("/opt/java/bin/java")
                .contains("-XX:+ExitOnOutOfMemoryError")
                .endsWith("io.github.orderlookup.main.OrderLookupMain");
    }

    @Test
    void isWhatTheKubernetesManifestsExpect() throws IOException {
        JsonNode pod = deployment().at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        JsonNode user = pod.path("securityContext");
        List<String> ports = new ArrayList<>();
        container
                .path("ports")
                .forEach(port -> ports.add(port.path("containerPort").asText() + "/tcp"));

        assertThat(image.config().path("User").asText())
                .isEqualTo(
                        user.path("runAsUser").asText() + ":" + user.path("runAsGroup").asText());
        assertThat(image.config().path("WorkingDir")).isEqualTo(container.path("workingDir"));
        assertThat(image.config().path("ExposedPorts").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(ports);
        assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                .contains("/tmp", "/etc/order-lookup/application.properties");
    }

    @Test
    void holdsNoProgramButJava() throws IOException {
        List<String> programs = new ArrayList<>();
        for (Path file : image.files()) {
            if (isProgram(image.root().resolve(file)) && !file.toString().contains(".so")) {
                programs.add(file.toString());
            }
        }

        assertThat(programs).containsExactly("opt/java/bin/java");
    }

    @Test
    void letsEverybodyReadAndNobodyWrite() throws IOException {
        for (Path file : image.files()) {
            Path there = image.root().resolve(file);
            int mode = (int) Files.getAttribute(there, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            boolean volume = List.of("tmp", "var/lib/order-lookup").contains(file.toString());

            assertThat(mode & (SET_ID_BITS | WRITABLE_BY_OTHERS | READABLE_BY_OTHERS))
                    .as("%s", file)
                    .isEqualTo(READABLE_BY_OTHERS | (volume ? WRITABLE_BY_OTHERS : 0));
            assertThat(Files.isSymbolicLink(there)).as("%s leads elsewhere", file).isFalse();
        }
    }

    @Test
    void holdsNoSettingAndNoTime() throws IOException {
        Path template = image.root().resolve("etc/order-lookup/application.properties");
        assertThat(Files.readAllLines(template))
                .isNotEmpty()
                .allMatch(line -> line.isBlank() || line.startsWith("#"));
        assertThat(image.config().path("Env").toString()).isEqualTo("[\"LANG=C.UTF-8\"]");
        for (Path file : image.files()) {
            FileTime time = Files.getLastModifiedTime(image.root().resolve(file));
            assertThat(time.toInstant()).as("%s", file).isEqualTo(BUILT);
        }
    }

    @Test
    void showsAProgramNothingButTheImage() throws Exception {
        Path settings = Files.createDirectories(DIRECTORY.resolve("inside"));
        Path name = Path.of(Inside.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(settings.resolve(name).getParent());
        try (InputStream compiled = Inside.class.getResourceAsStream("Inside.class")) {
            Files.copy(compiled, settings.resolve(name));
        }
        List<String> command =
                List.of(
                        image.entryPoint().get(0),
                        "-cp",
                        "/etc/order-lookup:/opt/order-lookup/libs/*",
                        Inside.class.getName());

        Process process = image.enter(settings, command).redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.lines())
                .contains(
                        "process=1",
                        "user=nonroot",
                        "directory=/etc/order-lookup",
                        "writable=[/tmp]",
                        "shell=false",
                        "localhost=true",
                        "certificates=true",
                        "natives=true");
    }

    private static JsonNode deployment() throws IOException {
        Path file = Path.of("docs", "operations", "kubernetes", "deployment.yaml");
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll().stream()
                    .filter(document -> document.path("kind").asText().equals("Deployment"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean isProgram(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
            return start.startsWith("\u007fELF") || start.startsWith("#!");
        }
    }
}
