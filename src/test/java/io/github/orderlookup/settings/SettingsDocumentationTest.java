package io.github.orderlookup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.reader.CamelKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the settings and all that is written about them equal, in both directions. */
class SettingsDocumentationTest {
    private static final Path FILE = Path.of("application.properties");
    private static final Path ROUTES = Path.of("routes");
    private static final Path README = Path.of("README.md");

    /** Placeholders that nobody need set: their values follow from other settings. */
    private static final Set<String> DERIVED =
            Set.of(
                    "order-lookup.api-url",
                    "order-lookup.max-poll-records",
                    "order-lookup.max-waiting-poll-records",
                    "order-lookup.waiting.enabled",
                    "order-lookup.waiting.topic",
                    "order-lookup.rest.described",
                    "order-lookup.rest.disabled",
                    "order-lookup.rest.pageless",
                    "order-lookup.rest.pages",
                    "order-lookup.rest.undescribed");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{([?!]?)([A-Za-z0-9._-]+)(:[^}]*)?}}");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| *`([a-z][a-z0-9.-]*)` *\\|([^|]*)\\|");
    private static final Pattern FIRST_CODE = Pattern.compile("^ *`([^`]*)`.*$");

    @Test
    void listsEveryKeyOnceInApplicationPropertiesInTheSameOrder() throws IOException {
        List<String> ours =
                DocumentedSetting.all().stream()
                        .map(DocumentedSetting::key)
                        .filter(key -> !CamelKeys.DEFAULTS.containsKey(key))
                        .toList();

        assertThat(ours).containsExactlyElementsOf(keys());
        assertThat(DocumentedSetting.all().stream().map(DocumentedSetting::key))
                .containsAll(CamelKeys.DEFAULTS.keySet())
                .doesNotHaveDuplicates();
    }

    @Test
    void showsEveryDefaultInApplicationProperties() throws IOException {
        Map<String, String> defaults = allDefaults();

        assertThat(DocumentedSetting.all())
                .filteredOn(block -> defaults.containsKey(block.key()))
                .hasSameSizeAs(defaults.keySet())
                .allSatisfy(
                        block -> {
                            String text = defaults.get(block.key());
                            assertThat(block.value()).isEqualTo(text);
                            assertThat(block.comment())
                                    .containsPattern("Default: " + Pattern.quote(text) + "[.;]");
                        });
    }

    @Test
    void saysInApplicationPropertiesWhatTheAbsenceOfAKeyWithoutDefaultDoes() throws IOException {
        Map<String, String> defaults = allDefaults();

        assertThat(DocumentedSetting.all())
                .filteredOn(block -> !defaults.containsKey(block.key()))
                .isNotEmpty()
                .allSatisfy(
                        block ->
                                assertThat(block.comment())
                                        .containsPattern("No default( of its own)?: \\S"));
    }

    @Test
    void setsNothingInApplicationPropertiesAsItIsShipped() throws IOException {
        Properties properties = new Properties();

        properties.load(new StringReader(Files.readString(FILE)));

        assertThat(properties).isEmpty();
    }

    @Test
    void namesInApplicationPropertiesValuesThatCanBeRead() throws IOException {
        Configured configured = Configured.valid();
        for (DocumentedSetting block : DocumentedSetting.all()) {
            if (!block.value().isEmpty() && !block.comment().contains("file")) {
                configured = configured.with(block.key(), block.value());
            }
        }

        assertThat(configured.faults()).isEmpty();
    }

    @Test
    void knowsEveryPlaceholderOfTheRoutesWithItsDefault() throws IOException {
        Map<String, String> embedded = Key.defaults(true);
        List<MatchResult> placeholders = placeholders();

        assertThat(placeholders).extracting(found -> found.group(2)).containsAll(DERIVED);
        assertThat(placeholders)
                .filteredOn(found -> !DERIVED.contains(found.group(2)))
                .isNotEmpty()
                .allSatisfy(
                        placeholder -> {
                            boolean optional = placeholder.group(1).equals("?");
                            String key = placeholder.group(2);
                            String text = placeholder.group(3);
                            assertThat(keys()).contains(key);
                            if (text != null) {
                                assertThat(text).isEqualTo(":" + embedded.getOrDefault(key, ""));
                            } else if (!optional) {
                                assertThat(embedded).containsKey(key);
                            }
                        });
    }

    @Test
    void listsEveryKeyWithItsDefaultInTheReadme() throws IOException {
        Map<String, String> defaults = allDefaults();
        Map<String, String> rows = new HashMap<>();
        ROW.matcher(Files.readString(README))
                .results()
                .filter(row -> isSetting(row.group(1)))
                .forEach(row -> rows.put(row.group(1), row.group(2)));

        List<String> documented = new ArrayList<>(keys());
        documented.addAll(CamelKeys.DEFAULTS.keySet());
        assertThat(rows).containsOnlyKeys(documented);
        assertThat(rows)
                .allSatisfy(
                        (key, cell) -> {
                            if (defaults.containsKey(key)) {
                                assertThat(FIRST_CODE.matcher(cell).replaceFirst("$1"))
                                        .as("default of %s", key)
                                        .isEqualTo(defaults.get(key));
                            } else {
                                assertThat(cell)
                                        .as("no default of %s", key)
                                        .doesNotMatch(FIRST_CODE);
                            }
                        });
    }

    private static boolean isSetting(String key) {
        return key.startsWith("order-lookup.")
                || key.startsWith("partner-center.")
                || CamelKeys.DEFAULTS.containsKey(key);
    }

    private static List<String> keys() {
        return Arrays.stream(Key.values()).map(Key::text).toList();
    }

    private static Map<String, String> allDefaults() {
        Map<String, String> defaults = new HashMap<>(Key.defaults(false));
        defaults.putAll(CamelKeys.DEFAULTS);
        return defaults;
    }

    private static List<MatchResult> placeholders() throws IOException {
        List<MatchResult> placeholders = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                PLACEHOLDER.matcher(Files.readString(file)).results().forEach(placeholders::add);
            }
        }
        return placeholders;
    }
}
