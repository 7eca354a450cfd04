package io.github.orderlookup.signin.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.classification.RetryAfter;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.text.Aadsts;
import io.github.orderlookup.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A buffered response of the token endpoint. No message quotes it: it may hold tokens, ids and text
 * of others.
 *
 * @param json the body as a JSON object; empty when it is none
 * @param retryAfter header {@code Retry-After}, counted from the arrival; never negative
 */
record TokenResponse(int status, ObjectNode json, Optional<Duration> retryAfter) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("\\+?(\\d{1,9}+)(?:\\.\\d{0,30}+)?");

    /** What may stand in an HTTP header without harm: no white space, no control character. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    /** Source: Microsoft identity platform, "Access tokens" (2025): 60 to 90 minutes. */
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(60);

    /**
     * @param retryAfter the values of all lines of the header
     * @param now by the wall clock
     */
    static TokenResponse of(int status, byte[] body, List<String> retryAfter, Instant now) {
        return new TokenResponse(status, object(body), RetryAfter.read(retryAfter, now));
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Treated as an empty object; the parser's message might quote the body.
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** The OAuth 2.0 error code, such as {@code invalid_client}; empty when there is none. */
    String error() {
        return json.path("error").asText("");
    }

    /** The AADSTS numbers, the most specific one first. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode number : json.path("error_codes")) {
            if (number.canConvertToInt()) {
                numbers.add(number.asInt());
            }
        }
        if (numbers.isEmpty()) {
            Aadsts.numbers(json.path("error_description").asText("")).stream()
                    .findFirst()
                    .map(Integer::valueOf)
                    .ifPresent(numbers::add);
        }
        return numbers;
    }

    /** Whether this is a token that can be used. */
    boolean isToken() {
        return status == 200 && TOKEN.matcher(json.path("access_token").asText("")).matches();
    }

    /** The id token; null without one. */
    @Nullable Secret idToken() {
        String idToken = json.path("id_token").asText("");
        return idToken.isEmpty() ? null : new Secret(idToken);
    }

    /** Whether this is a device code that can be used. */
    boolean isDeviceCode() {
        return status == 200
                && TOKEN.matcher(json.path("device_code").asText("")).matches()
                && !json.path("user_code").asText("").isEmpty()
                && !json.path("verification_uri").asText("").isEmpty();
    }

    /**
     * {@code expires_in}: a number, with a fraction or without, or the same as text as the older
     * endpoint sends it. Where it says nothing usable, the usual lifetime stands in: a token that
     * ends sooner is replaced when the API refuses it.
     */
    Duration lifetime() {
        Matcher seconds = SECONDS.matcher(json.path("expires_in").asText("").strip());
        Duration stated =
                seconds.matches()
                        ? Duration.ofSeconds(Long.parseLong(seconds.group(1)))
                        : Duration.ZERO;
        return stated.isZero() ? USUAL_LIFETIME : Durations.min(stated, LONGEST_LIFETIME);
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
        return "TokenResponse[" + status + "]";
    }
}
