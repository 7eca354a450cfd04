package io.github.orderlookup.cli.check.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list.
 *
 * @param part what was looked at, such as {@code tls login host}
 * @param text what was found, in plain words and without a secret
 * @param remedy what to do; null when nothing is to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(Mark mark, String part, String text, @Nullable String remedy) {

    public enum Mark {
        OK("ok"),
        /** Works, but the operator should know. */
        NOTE("note"),
        /** Not checked. */
        SKIPPED("skip"),
        FAULT("FAULT");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** As the JSON names it. */
        @JsonValue
        String lowerCase() {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
