package io.github.orderlookup.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Maven can be asked for in this project. */
final class Maven {
    private static final Pattern PROFILE = Pattern.compile("-P(\\S+)");
    private static final Pattern PROPERTY = Pattern.compile("-D([\\w.-]+)(?:=\\S+)?");
    private static final List<String> PHASES = List.of("package", "verify", "install", "clean");

    /** Maven's own, and goals of an application that is not ours. */
    private static final List<String> KNOWN = List.of("-DskipTests", "spring-boot:run");

    private Maven() {}

    /**
     * @param arguments of {@code mvn}: profiles and properties must be in the POM, plugins too
     */
    static void assertThatItKnows(String arguments) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        for (String word : arguments.split(" ")) {
            if (KNOWN.contains(word)) {
                continue;
            }
            Matcher profile = PROFILE.matcher(word);
            Matcher property = PROPERTY.matcher(word);
            if (profile.matches()) {
                assertThat(pom).contains("<id>" + profile.group(1) + "</id>");
            } else if (property.matches()) {
                assertThat(pom).containsPattern("<" + property.group(1) + "/?>");
            } else if (word.contains(":")) {
                assertThat(pom).contains(word.substring(0, word.indexOf(':')) + "-maven-plugin");
            } else {
                assertThat(PHASES).contains(word);
            }
        }
    }
}
