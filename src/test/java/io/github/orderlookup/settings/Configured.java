package io.github.orderlookup.settings;

import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.reader.SettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as an operator would write them. Immutable. */
final class Configured {
    static final String SECRET = "s3cr3t~of.the-application";

    private final Map<String, String> texts;
    private final Map<String, String> answers;
    private final boolean embedded;

    private Configured(Map<String, String> texts, Map<String, String> answers, boolean embedded) {
        this.texts = texts;
        this.answers = answers;
        this.embedded = embedded;
    }

    /** Nothing at all. */
    static Configured nothing() {
        return new Configured(Map.of(), Map.of(), false);
    }

    /** The least that works: application, tenant and secret. */
    static Configured valid() {
        return nothing()
                .with("partner-center.tenant-id", "contoso.onmicrosoft.com")
                .with("partner-center.client-id", "2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b")
                .with("partner-center.client-secret", SECRET);
    }

    Configured with(String key, String text) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(key, text);
        return new Configured(more, answers, embedded);
    }

    /** A placeholder that can be resolved; no other one can. */
    Configured answering(String reference, String value) {
        Map<String, String> more = new LinkedHashMap<>(answers);
        more.put(reference, value);
        return new Configured(texts, more, embedded);
    }

    Configured without(String key) {
        Map<String, String> less = new LinkedHashMap<>(texts);
        less.remove(key);
        return new Configured(less, answers, embedded);
    }

    Configured embedded() {
        return new Configured(texts, answers, true);
    }

    Settings read() {
        return SettingsReader.read(
                key -> Optional.ofNullable(texts.get(key)),
                reference -> Optional.ofNullable(answers.get(reference)),
                embedded);
    }

    /** The faults of what cannot be read; empty when it can. */
    List<SettingError> faults() {
        return failure().map(SettingsException::errors).orElse(List.of());
    }

    List<String> faultyKeys() {
        return faults().stream().map(SettingError::key).toList();
    }

    /** The message for the operator; empty when there is nothing to say. */
    String message() {
        return failure().map(Throwable::getMessage).orElse("");
    }

    private Optional<SettingsException> failure() {
        try {
            read();
            return Optional.empty();
        } catch (SettingsException e) {
            return Optional.of(e);
        }
    }
}
