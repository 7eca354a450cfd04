package io.github.orderlookup.partnercenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One whole answer of the token endpoint. Tells what is in it without ever quoting it: it may hold
 * tokens, ids and text of others.
 *
 * @param json the body as a JSON object; empty when it is none
 * @param retryAfter header {@code Retry-After}, counted from the arrival; never negative
 */
record LoginAnswer(int status, ObjectNode json, Optional<Duration> retryAfter) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{1,9})\\b");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** What may stand in an HTTP header without harm: no white space, no control character. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    static LoginAnswer of(int status, byte[] body, @Nullable String retryAfter, Instant now) {
        return new LoginAnswer(status, object(body), wait(retryAfter, now));
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // No JSON is as good as no object; the parser's message might quote the body.
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static Optional<Duration> wait(@Nullable String value, Instant now) {
        if (value == null) {
            return Optional.empty();
        }
        String trimmed = value.trim();
        if (SECONDS.matcher(trimmed).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(trimmed)));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(trimmed, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The OAuth 2.0 error code, such as {@code invalid_client}; empty when there is none. */
    String error() {
        return json.path("error").asText("");
    }

    /** The AADSTS numbers, the telling one first. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode number : json.path("error_codes")) {
            if (number.canConvertToInt()) {
                numbers.add(number.asInt());
            }
        }
        Matcher inText = AADSTS.matcher(json.path("error_description").asText(""));
        if (numbers.isEmpty() && inText.find()) {
            numbers.add(Integer.parseInt(inText.group(1)));
        }
        return numbers;
    }

    /** Whether this is a token that can be used, with a lifetime. */
    boolean isToken() {
        return status == 200
                && TOKEN.matcher(json.path("access_token").asText("")).matches()
                && !lifetime().isZero();
    }

    /** {@code expires_in}: a number, or a text as the older endpoint sends it; zero if absent. */
    Duration lifetime() {
        String seconds = json.path("expires_in").asText("");
        return SECONDS.matcher(seconds).matches()
                ? BackOff.shorter(Duration.ofSeconds(Long.parseLong(seconds)), LONGEST_LIFETIME)
                : Duration.ZERO;
    }

    /** The members that MSAL4J needs, and none that it could stumble over or log. */
    String forMsal() {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        known.put("token_type", "Bearer");
        known.put("access_token", json.path("access_token").asText());
        known.put("expires_in", lifetime().toSeconds());
        if (json.path("refresh_token").isTextual()) {
            known.set("refresh_token", json.path("refresh_token"));
        }
        return known.toString();
    }

    @Override
    public String toString() {
        return "LoginAnswer[" + status + "]";
    }
}
