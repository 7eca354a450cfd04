package io.github.orderlookup.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripted answers as words, for order ids and for the control endpoint: {@code http-503},
 * {@code throttled-5}, {@code delay-300}. {@link #HELP} lists them.
 */
final class AnswerNames {

    static final String HELP =
            """
              order                       a made-up Order
              http-STATUS                 the usual answer of that status (429: throttled, 502 and 504: HTML)
              http-STATUS-CODE            shape A with that code, e.g. http-403-800043
              second-STATUS-CODE[-final]  shape B; with -final "isRetryable": false
              gateway-STATUS              shape C
              throttled[-SECONDS]         429 with Retry-After (1 second)
              throttled-unsaid            429 without Retry-After
              aadsts-NUMBER               shape D, for the login host
              other-STATUS                shape E
              html-STATUS                 shape F
              empty-STATUS                shape G
              text-STATUS                 shape H
              redirect                    302 to another host
              not-json                    200 with text that is no JSON
              wrong-order                 200 with another Order
              big-MIB                     200 with an Order of that many MiB
              gzip, gzip-bomb[-MIB]       200, compressed (the bomb: 64 MiB of blanks)
              delay-MILLISECONDS          an Order after that time
              slow[-MILLISECONDS]         an Order, one byte after the other (1 ms)
              hang, hang-mid-body         no end of the answer
              close, truncated            connection closed before the answer, in the middle of it
              reset, reset-mid-body       connection reset before the answer, in the middle of it
            """;

    private static final Map<Integer, String> USUAL_CODES =
            Map.of(
                    400, "2000", 401, "400", 403, "20002", 404, "20000", 408, "0", 409, "800060",
                    500, "800003");

    private static final List<Name> NAMES =
            List.of(
                    name("order", found -> Answers.normal()),
                    name("http-([2-5]\\d\\d)", found -> http(number(found, 1))),
                    name(
                            "http-([2-5]\\d\\d)-(\\w+)",
                            found -> Answers.apiFault(number(found, 1), found.group(2))),
                    name(
                            "second-([4-5]\\d\\d)-(\\d{1,9})(-final)?",
                            found ->
                                    Answers.secondGenerationFault(
                                            number(found, 1),
                                            number(found, 2),
                                            found.group(3) == null)),
                    name(
                            "gateway-([4-5]\\d\\d)",
                            found -> Answers.gatewayFault(number(found, 1), "Refused.")),
                    name(
                            "throttled(?:-(\\d{1,6}))?",
                            found -> Answers.throttled(number(found, 1, 1))),
                    name("throttled-unsaid", found -> Answers.throttledWithoutRetryAfter()),
                    name("aadsts-(\\d{1,9})", found -> Answers.aadsts(number(found, 1))),
                    name(
                            "other-([4-5]\\d\\d)",
                            found -> Answers.otherHostFault(number(found, 1), "simulated")),
                    name("html-([2-5]\\d\\d)", found -> Answers.html(number(found, 1))),
                    name("empty-([2-5]\\d\\d)", found -> Answers.status(number(found, 1))),
                    name(
                            "text-([2-5]\\d\\d)",
                            found -> Answers.text(number(found, 1), "Something went wrong")),
                    name(
                            "redirect",
                            found -> Answers.redirect(URI.create("https://elsewhere.example/"))),
                    name("not-json", found -> Answers.json(200, "This is no JSON")),
                    name("wrong-order", found -> Answers.wrongOrder()),
                    name("big-(\\d{1,2})", found -> Answers.big(number(found, 1))),
                    name("status-([a-z_]{1,40})", found -> Answers.inStatus(found.group(1))),
                    name("unprovisioned", found -> Answers.unprovisioned()),
                    name("gzip", found -> Answers.gzip()),
                    name(
                            "gzip-bomb(?:-(\\d{1,3}))?",
                            found -> Answers.gzipBomb(number(found, 1, 64))),
                    name(
                            "delay-(\\d{1,7})",
                            found -> Answers.delayed(Duration.ofMillis(number(found, 1)))),
                    name(
                            "slow(?:-(\\d{1,5}))?",
                            found -> Answers.slowly(Duration.ofMillis(number(found, 1, 1)))),
                    name("hang", found -> Answers.hang()),
                    name("hang-mid-body", found -> Answers.hangMidBody()),
                    name("close", found -> Answers.close()),
                    name("truncated", found -> Answers.truncated()),
                    name("reset", found -> Answers.reset()),
                    name("reset-mid-body", found -> Answers.resetMidBody()));

    private AnswerNames() {}

    static Optional<ScriptedAnswer> find(String name) {
        return NAMES.stream().flatMap(known -> known.answer(name).stream()).findFirst();
    }

    private static ScriptedAnswer http(int status) {
        return switch (status) {
            case 200 -> Answers.normal();
            case 429 -> Answers.throttled(1);
            case 502, 504 -> Answers.html(status);
            default ->
                    USUAL_CODES.containsKey(status)
                            ? Answers.apiFault(status, USUAL_CODES.get(status))
                            : Answers.status(status);
        };
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static int number(MatchResult found, int group, int otherwise) {
        return found.group(group) == null ? otherwise : number(found, group);
    }

    private static Name name(String pattern, Function<MatchResult, ScriptedAnswer> answer) {
        return new Name(Pattern.compile(pattern), answer);
    }

    private record Name(Pattern pattern, Function<MatchResult, ScriptedAnswer> known) {

        Optional<ScriptedAnswer> answer(String name) {
            Matcher matcher = pattern.matcher(name);
            return matcher.matches()
                    ? Optional.of(known.apply(matcher.toMatchResult()))
                    : Optional.empty();
        }
    }
}
