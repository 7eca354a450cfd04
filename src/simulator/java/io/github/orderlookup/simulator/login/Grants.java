package io.github.orderlookup.simulator.login;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The codes that were given out to sign a user in, by redirect or for a device, and what was
 * registered for the application about it. Thread-safe.
 */
public final class Grants {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);
    private static final Duration DEVICE_CODE_LIFETIME = Duration.ofMinutes(15);

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final PartnerUser user = new PartnerUser();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> deviceCodes = new ConcurrentHashMap<>();
    private final Queue<String> nextPolls = new ConcurrentLinkedQueue<>();
    private volatile String redirectUri = "http://localhost";
    private volatile boolean publicClient;

    private record Code(String redirectUri, String challenge, Instant issued) {}

    public Grants(Clock clock) {
        this.clock = clock;
    }

    public PartnerUser user() {
        return user;
    }

    /** The one registered redirect URI, {@code http://localhost} at first; its port is ignored. */
    public void redirectUri(String uri) {
        redirectUri = uri;
    }

    /** Whether the application is taken for a public client, which may not prove itself. */
    public void publicClient(boolean isPublic) {
        publicClient = isPublic;
    }

    /**
     * What the next polls for a device code are answered: {@code authorization_pending}, {@code
     * slow_down}, {@code authorization_declined}, {@code expired_token}. Then the user has signed
     * in.
     */
    public void devicePolls(List<String> errors) {
        nextPolls.clear();
        nextPolls.addAll(errors);
    }

    boolean isRegistered(String uri) {
        return withoutPort(uri).equals(withoutPort(redirectUri));
    }

    private static String withoutPort(String uri) {
        URI parsed = URI.create(uri);
        String path = parsed.getPath().isEmpty() ? "/" : parsed.getPath();
        return parsed.getScheme() + "://" + parsed.getHost() + path;
    }

    String newCode(String redirect, String challenge) {
        String code = "1.AX0A-code-" + randomHex(24);
        codes.put(code, new Code(redirect, challenge, clock.instant()));
        return code;
    }

    /**
     * @throws LoginRefusal when the code is none, or was not given out to this client
     */
    void redeemCode(Map<String, String> form) {
        checkClient();
        Code code = codes.remove(form.getOrDefault("code", ""));
        LoginRefusal.unless(code != null, 54005);
        LoginRefusal.unless(clock.instant().isBefore(code.issued().plus(CODE_LIFETIME)), 70008);
        LoginRefusal.unless(code.redirectUri().equals(form.get("redirect_uri")), 50011);
        LoginRefusal.unless(
                code.challenge().equals(s256(form.getOrDefault("code_verifier", ""))), 501481);
    }

    /** The answer to a request for a device code, as JSON. */
    Map<String, Object> newDeviceCode(String origin) {
        String deviceCode = "device-" + randomHex(24);
        String userCode = randomHex(4).toUpperCase(Locale.ROOT);
        deviceCodes.put(deviceCode, new ArrayDeque<>(nextPolls));
        String page = origin + "/common/oauth2/deviceauth";
        return Map.of(
                "device_code",
                deviceCode,
                "user_code",
                userCode,
                "verification_uri",
                page,
                "expires_in",
                DEVICE_CODE_LIFETIME.toSeconds(),
                "interval",
                1,
                "message",
                "To sign in, open " + page + " and enter the code " + userCode);
    }

    /**
     * @throws LoginRefusal when the code is none
     * @throws DeviceCodeError while the user has not signed in
     */
    synchronized void redeemDeviceCode(Map<String, String> form) {
        checkClient();
        Queue<String> polls = deviceCodes.get(form.getOrDefault("device_code", ""));
        LoginRefusal.unless(polls != null, 70018);
        String error = polls.poll();
        if (error != null) {
            throw new DeviceCodeError(error);
        }
        LoginRefusal.unless(user.consents(), 65004);
        deviceCodes.remove(form.get("device_code"));
    }

    private void checkClient() {
        LoginRefusal.unless(!publicClient, 700025);
    }

    /** The user has not signed in, or not yet. */
    static final class DeviceCodeError extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String error;

        DeviceCodeError(String error) {
            super(error, null, false, false);
            this.error = error;
        }

        String error() {
            return error;
        }
    }

    private static String s256(String verifier) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String randomHex(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return HexFormat.of().formatHex(text);
    }
}
