package io.github.orderlookup.settings;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings that cannot be worked with. The operator acts: {@link #getMessage()} lists all errors at
 * once, readable as it is, over several lines and without the value of a secret.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<SettingError> errors;

    public SettingsException(List<SettingError> errors) {
        super(message(errors));
        this.errors = List.copyOf(errors);
    }

    /** In documented order of the keys; never empty. */
    public List<SettingError> errors() {
        return errors;
    }

    private static String message(List<SettingError> errors) {
        return errors.stream()
                .map(SettingsException::paragraph)
                .collect(Collectors.joining("\n", headline(errors.size()) + "\n", ""));
    }

    private static String headline(int count) {
        return "order-lookup cannot start: "
                + (count == 1 ? "1 fault in its settings." : count + " faults in its settings.")
                + " (Each key can also be set as an environment variable:"
                + " order-lookup.request-topic is ORDER_LOOKUP_REQUEST_TOPIC.)";
    }

    private static String paragraph(SettingError error) {
        return "  " + error.key() + ": " + error.wrong() + "\n      accepted: " + error.accepted();
    }

    /**
     * One thing that is wrong.
     *
     * @param key as in {@code application.properties}
     * @param wrong what is wrong, without the value of a secret
     * @param accepted what would be right
     */
    public record SettingError(String key, String wrong, String accepted) implements Serializable {}
}
