package io.github.orderlookup.cli.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.settings.Secret;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to the redirect URI, as it is judged. */
sealed interface Redirect {

    /** The user has signed in. */
    record Code(Secret code) implements Redirect {}

    /**
     * The login host sends the browser back with an error.
     *
     * @param error the OAuth 2.0 error code, as it came
     * @param description in which there may be an AADSTS number, as it came
     */
    record Refused(String error, String description) implements Redirect {}

    /** It is not the request that is waited for. */
    record Stray(int status) implements Redirect {}

    /**
     * Judges a request.
     *
     * @param host the header {@code Host}: pages of other sites reach a loopback port by names of
     *     their own
     * @param port where we listen
     * @param query raw; null without one
     * @param state what the login host was given for this sign-in
     */
    static Redirect of(
            String method,
            @Nullable String host,
            int port,
            String path,
            @Nullable String query,
            Secret state) {
        if (!method.equals("GET") || !path.equals("/")) {
            return new Stray(404);
        }
        Map<String, String> pairs = pairs(query == null ? "" : query);
        if (!isLoopback(host, port) || !state.equals(new Secret(pairs.getOrDefault("state", "")))) {
            return new Stray(400);
        }
        String error = pairs.getOrDefault("error", "");
        String code = pairs.getOrDefault("code", "");
        if (!error.isEmpty()) {
            return new Refused(error, pairs.getOrDefault("error_description", ""));
        }
        return code.isEmpty() ? new Stray(400) : new Code(new Secret(code));
    }

    private static boolean isLoopback(@Nullable String host, int port) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return name.equals("localhost:" + port)
                || name.equals("127.0.0.1:" + port)
                || name.equals("[::1]:" + port);
    }

    /** Of a name that is given twice, nothing is taken. */
    private static Map<String, String> pairs(String query) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            pairs.merge(name, value, (first, second) -> "");
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
