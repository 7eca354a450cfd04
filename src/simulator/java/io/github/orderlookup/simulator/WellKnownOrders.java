package io.github.orderlookup.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order ids that misbehave without a script: {@code NAME[-once|-twice|-N-times][--anything]},
 * where NAME is one of {@link AnswerNames}. Examples: {@code http-500}, {@code throttled-once--17},
 * {@code http-503-3-times}, {@code delay-300--a}, {@code order--42}. With a number of times it is
 * an ordinary made-up Order from then on; each id is counted for itself. Thread-safe.
 */
public final class WellKnownOrders {

    private static final Pattern ID =
            Pattern.compile("(?<name>.+?)(?:-(?<times>once|twice|\\d{1,3}-times))?(?:--.*)?");

    private final Map<String, Integer> met = new ConcurrentHashMap<>();

    public static boolean isOne(String orderId) {
        return find(orderId).isPresent();
    }

    /**
     * What the request meets that has just come for this id; empty when the id is none of these.
     */
    Optional<ScriptedAnswer> next(String orderId) {
        Matcher id = ID.matcher(orderId);
        Optional<ScriptedAnswer> answer = find(orderId);
        if (answer.isEmpty() || !id.matches() || id.group("times") == null) {
            return answer;
        }
        boolean over = met.merge(orderId, 1, Integer::sum) > times(id.group("times"));
        return over ? Optional.of(Answers.normal()) : answer;
    }

    private static Optional<ScriptedAnswer> find(String orderId) {
        Matcher id = ID.matcher(orderId);
        return id.matches() ? AnswerNames.find(id.group("name")) : Optional.empty();
    }

    private static int times(String text) {
        return switch (text) {
            case "once" -> 1;
            case "twice" -> 2;
            default -> Integer.parseInt(text.substring(0, text.indexOf('-')));
        };
    }
}
