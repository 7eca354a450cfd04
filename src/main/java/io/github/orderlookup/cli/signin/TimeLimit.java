package io.github.orderlookup.cli.signin;

import io.github.orderlookup.signin.SignInException;
import java.time.Duration;
import java.util.Optional;

/** How long the user may take. */
final class TimeLimit {
    private TimeLimit() {}

    static SignInException passed(Duration limit) {
        return SignInException.unavailable(
                "Nobody signed in within " + words(limit) + "; --timeout sets another limit.",
                Optional.empty());
    }

    static String words(Duration limit) {
        long seconds = limit.toSeconds();
        if (seconds < 120) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        return seconds % 60 == 0 ? limit.toMinutes() + " minutes" : seconds + " seconds";
    }
}
