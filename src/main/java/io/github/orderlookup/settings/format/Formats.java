package io.github.orderlookup.settings.format;

import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.Cloud;
import io.github.orderlookup.settings.LogLevel;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.text.Guids;
import io.github.orderlookup.text.Quoted;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Formats of settings that name neither a file nor a host. */
public final class Formats {
    public static final Format<Cloud> CLOUD =
            new Format<>("global, china or us-government", Formats::cloud);

    public static final Format<AuthMode> AUTH_MODE =
            new Format<>("app-only or app-user", Formats::authMode);

    public static final Format<String> TENANT_ID =
            new Format<>(
                    "the GUID or a domain name (contoso.onmicrosoft.com) of the partner's tenant",
                    Formats::tenantId);

    public static final Format<String> CLIENT_ID =
            new Format<>("the GUID of the application", Formats::clientId);

    public static final Format<Secret> TOKEN_LIKE =
            new Format<>("the text as it was issued, without blanks", Formats::tokenLike);

    /** As HTTP's Basic scheme carries one. */
    public static final Format<String> PROXY_USER =
            matching(
                    "[\\P{Cntrl}&&[^:]]{1,255}",
                    "no user name",
                    "a user name without a colon, together with the password");

    public static final Format<Secret> PASSWORD = new Format<>("any text", Secret::new);

    public static final Format<String> SCOPE =
            matching("[\\x21-\\x7E]{1,500}", "no scope", "a scope such as {resource}/.default");

    public static final Format<String> APPLICATION_NAME =
            matching(
                    "(?! )[\\x20-\\x7E]{1,100}(?<! )",
                    "no application name",
                    "1 to 100 printable ASCII characters, no blank at either end");

    public static final Format<String> LOCALE =
            matching("[a-z]{2}-[A-Z]{2}", "no locale", "language and country such as en-US");

    public static final Format<LogLevel> LOG_LEVEL =
            new Format<>("error, warn, info, debug or trace", Formats::logLevel);

    public static final Format<Boolean> BOOLEAN = new Format<>("true or false", Formats::bool);

    public static final Format<String> TOPIC =
            matching(
                    "(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}",
                    "no topic name",
                    "1 to 249 characters of a-z A-Z 0-9 . _ - (but not . or .. alone)");

    public static final Format<String> GROUP_ID =
            matching(
                    "(?!\\p{Z})[\\P{C}&&[^\\p{Zl}\\p{Zp}]]{1,249}(?<!\\p{Z})",
                    "no group id",
                    "1 to 249 printable characters, no blank at either end");

    public static final Format<Pattern> REGULAR_EXPRESSION =
            new Format<>("a regular expression (Java) of whole topic names", Formats::regex);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,10}");

    /** Printable ASCII characters without blanks. */
    static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]+");

    private Formats() {}

    public static Format<Integer> wholeNumber(int least, int most) {
        return new Format<>(
                "a whole number from " + least + " to " + most,
                text -> {
                    if (!WHOLE_NUMBER.matcher(text).matches()) {
                        throw new MalformedException(Quoted.of(text) + " is no whole number");
                    }
                    long number = Long.parseLong(text);
                    if (number < least || number > most) {
                        throw new MalformedException(text + " is out of range");
                    }
                    return (int) number;
                });
    }

    /** A duration of at least one millisecond. */
    public static Format<Duration> durationUpTo(Duration most) {
        return new Format<>(
                "a duration such as 500ms, 30s, 2m or 1h, from 1ms to " + most.toHours() + "h",
                text -> {
                    Duration duration = duration(text);
                    if (duration.isZero() || duration.compareTo(most) > 0) {
                        throw new MalformedException(text + " is out of range");
                    }
                    return duration;
                });
    }

    private static Duration duration(String text) throws MalformedException {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new MalformedException(Quoted.of(text) + " is no duration");
        }
        ChronoUnit unit =
                switch (parts.group(2)) {
                    case "ms" -> ChronoUnit.MILLIS;
                    case "s" -> ChronoUnit.SECONDS;
                    case "m" -> ChronoUnit.MINUTES;
                    default -> ChronoUnit.HOURS;
                };
        return Duration.of(Long.parseLong(parts.group(1)), unit);
    }

    private static Format<String> matching(String regex, String wrong, String accepted) {
        Pattern pattern = Pattern.compile(regex);
        return new Format<>(
                accepted,
                text -> {
                    if (!pattern.matcher(text).matches()) {
                        throw new MalformedException(Quoted.of(text) + " is " + wrong);
                    }
                    return text;
                });
    }

    private static Cloud cloud(String text) throws MalformedException {
        return switch (text) {
            case "global" -> Cloud.GLOBAL;
            case "china" -> Cloud.CHINA;
            case "us-government" -> Cloud.US_GOVERNMENT;
            case "germany" ->
                    throw new MalformedException(
                            "germany: Microsoft closed that cloud in October 2021");
            default -> throw new MalformedException(Quoted.of(text) + " is no known cloud");
        };
    }

    private static AuthMode authMode(String text) throws MalformedException {
        return switch (text) {
            case "app-only" -> AuthMode.APP_ONLY;
            case "app-user" -> AuthMode.APP_USER;
            default -> throw new MalformedException(Quoted.of(text) + " is no known mode");
        };
    }

    private static LogLevel logLevel(String text) throws MalformedException {
        try {
            return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Quoted.of(text) + " is no level");
        }
    }

    private static boolean bool(String text) throws MalformedException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MalformedException(Quoted.of(text) + " is neither");
        };
    }

    /** Not shown in messages: the secret may have been pasted here by mistake. */
    private static String tenantId(String text) throws MalformedException {
        if (Guids.isGuid(text) || (text.contains(".") && Hosts.isName(text))) {
            return text;
        }
        throw new MalformedException(
                "a text of " + text.length() + " characters that names no one tenant");
    }

    /** Not shown either. */
    private static String clientId(String text) throws MalformedException {
        if (!Guids.isGuid(text)) {
            throw new MalformedException("a text of " + text.length() + " characters is no GUID");
        }
        return text;
    }

    private static Secret tokenLike(String text) throws MalformedException {
        String token = text.strip();
        if (!VISIBLE.matcher(token).matches()) {
            throw new MalformedException("it has a blank or another character that none has");
        }
        return new Secret(token);
    }

    private static Pattern regex(String text) throws MalformedException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new MalformedException(
                    String.format(
                            Locale.ROOT,
                            "%s is no regular expression: %s at character %d",
                            Quoted.of(text),
                            e.getDescription(),
                            e.getIndex() + 1));
        }
    }
}
