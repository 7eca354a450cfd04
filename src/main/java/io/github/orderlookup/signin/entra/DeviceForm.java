package io.github.orderlookup.signin.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The forms of the device flow (RFC 8628). Pure. */
final class DeviceForm {
    private static final String DEVICE_GRANT =
            "grant_type=" + encoded("urn:ietf:params:oauth:grant-type:device_code");
    private static final String REFRESH_GRANT = "grant_type=refresh_token";
    private static final String REFRESH_TOKEN = "refresh_token=";

    private DeviceForm() {}

    /** The request for a device code. */
    static String request(String clientId, String scope) {
        return "client_id="
                + encoded(clientId)
                + "&scope="
                + encoded("openid profile offline_access " + scope);
    }

    /**
     * The token request for a device code, made from one for a refresh token, so that the
     * credential of the application stays in it.
     *
     * @param refresh with the device code in place of the refresh token
     */
    static String ofRefresh(String refresh) {
        return Arrays.stream(refresh.split("&", -1))
                .map(DeviceForm::pairOfRefresh)
                .collect(Collectors.joining("&"));
    }

    private static String pairOfRefresh(String pair) {
        if (pair.equals(REFRESH_GRANT)) {
            return DEVICE_GRANT;
        }
        return pair.startsWith(REFRESH_TOKEN)
                ? "device_code=" + pair.substring(REFRESH_TOKEN.length())
                : pair;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
