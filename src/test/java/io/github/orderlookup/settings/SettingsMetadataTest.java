package io.github.orderlookup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds what IDEs show of the settings equal to the keys and to application.properties. */
class SettingsMetadataTest {

    private static final Path METADATA =
            Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    /** What the file should be, to be copied. */
    private static final Path MADE = Path.of("target", METADATA.getFileName().toString());

    @Test
    void describesEverySettingToIdes() throws IOException {
        String expected =
                new ObjectMapper()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .writeValueAsString(Map.of("properties", properties()))
                        + "\n";
        Files.writeString(MADE, expected);

        assertThat(Files.readString(METADATA)).as("cp %s %s", MADE, METADATA).isEqualTo(expected);
    }

    private static List<Map<String, Object>> properties() throws IOException {
        Map<String, DocumentedSetting> documented =
                DocumentedSetting.all().stream()
                        .collect(Collectors.toMap(DocumentedSetting::key, Function.identity()));
        List<Map<String, Object>> properties = new ArrayList<>();
        for (Key key : Key.values()) {
            Object standard = value(key.defaultText(true));
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("name", key.text());
            property.put("type", type(standard));
            property.put("description", documented.get(key.text()).description());
            if (standard != null) {
                property.put("defaultValue", standard);
            }
            properties.add(property);
        }
        return properties;
    }

    /** The default as JSON writes it. */
    private static @Nullable Object value(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("[0-9]+") ? (Object) Integer.valueOf(text) : text;
    }

    private static String type(@Nullable Object standard) {
        if (standard instanceof String text && text.matches("[0-9]+(ms|s|m|h)")) {
            return "java.time.Duration";
        }
        return standard == null ? "java.lang.String" : standard.getClass().getName();
    }
}
