package io.github.orderlookup.advisories;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One published advisory.
 *
 * @param summary one line; Camel's name the components in it, {@code Camel-Kafka: ...}
 * @param affected the versions, in words
 * @param libraries the artifacts that it is about; null in Camel's own list
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Advisory(String cve, String summary, String affected, @Nullable Set<String> libraries) {

    private static final Pattern COMPONENT = Pattern.compile("(?i)\\bcamel-[a-z0-9-]+");

    /** Whether it is about this library in this version. */
    boolean concerns(Library library) {
        return isAbout(library.artifact())
                && AffectedVersions.parse(affected).contains(library.version());
    }

    /** One of Camel's that names no component may be about any. */
    private boolean isAbout(String artifact) {
        if (libraries != null) {
            return libraries.contains(artifact);
        }
        Set<String> named =
                COMPONENT
                        .matcher(summary)
                        .results()
                        .map(MatchResult::group)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return named.isEmpty() ? artifact.startsWith("camel-") : named.contains(artifact);
    }
}
