package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.SettingsException.SettingError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys that a file sets more than once: nobody can tell which line is meant. */
final class Duplicates {
    private Duplicates() {}

    static List<SettingError> among(List<SettingsFile.Line> lines) {
        Map<String, List<SettingsFile.Line>> byKey = new LinkedHashMap<>();
        lines.forEach(
                line ->
                        byKey.computeIfAbsent(CamelText.bare(line.key()), key -> new ArrayList<>())
                                .add(line));
        return byKey.values().stream()
                .filter(same -> same.size() > 1)
                .map(Duplicates::fault)
                .toList();
    }

    private static SettingError fault(List<SettingsFile.Line> same) {
        String numbers =
                same.stream()
                        .map(line -> Integer.toString(line.line()))
                        .collect(Collectors.joining(", "));
        return new SettingError(
                Quoted.escaped(same.get(0).key()),
                "is set more than once in the file, on lines " + numbers,
                "one line for each key");
    }
}
