package io.github.orderlookup.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMatchTest {

    private static final String LONGEST_TOPIC = "a".repeat(248) + "!";

    @Test
    void matchesWholeTexts() {
        Pattern pattern = Pattern.compile("replies[.-].*");

        assertThat(BoundedMatch.matches(pattern, "replies.a")).isTrue();
        assertThat(BoundedMatch.matches(pattern, "my-replies.a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.*a){30}b", "(?:a?){200}a{200}", "([a-z]+)*="})
    @Timeout(10)
    void givesUpAPatternThatDoesNotEnd(String pattern) {
        assertThat(BoundedMatch.matches(Pattern.compile(pattern), LONGEST_TOPIC)).isFalse();
    }
}
