package io.github.orderlookup.signin.entra;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.time.Durations;
import java.time.Duration;

/**
 * What lets a user sign in at another machine.
 *
 * @param userCode what the user enters, as it came
 * @param verificationUri the page where the user enters it, as it came
 * @param lifetime how long the user may take
 * @param interval between two questions whether the user has signed in
 */
public record DeviceCode(
        Secret deviceCode,
        String userCode,
        String verificationUri,
        Duration lifetime,
        Duration interval) {

    /** Source: RFC 8628, 3.2 (2019): the interval where none is given. */
    private static final long USUAL_INTERVAL = 5;

    private static final long USUAL_LIFETIME = 900;
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFETIME = Duration.ofHours(1);

    static DeviceCode of(TokenResponse response) {
        JsonNode json = response.json();
        return new DeviceCode(
                new Secret(json.path("device_code").asText()),
                json.path("user_code").asText(),
                json.path("verification_uri").asText(),
                seconds(json.path("expires_in").asLong(), USUAL_LIFETIME, LONGEST_LIFETIME),
                seconds(json.path("interval").asLong(), USUAL_INTERVAL, LONGEST_INTERVAL));
    }

    private static Duration seconds(long stated, long usual, Duration longest) {
        return Durations.min(Duration.ofSeconds(stated > 0 ? stated : usual), longest);
    }
}
