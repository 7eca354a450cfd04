package io.github.orderlookup.settings;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of our settings with their defaults, in documented order. */
public enum Key {
    CLOUD("partner-center.cloud", "global"),
    API_URL("partner-center.api-url"),
    LOGIN_URL("partner-center.login-url"),
    TENANT_ID("partner-center.tenant-id"),
    CLIENT_ID("partner-center.client-id"),
    AUTH_MODE("partner-center.auth-mode", "app-only"),
    CLIENT_SECRET("partner-center.client-secret"),
    CLIENT_SECRET_FILE("partner-center.client-secret-file"),
    CLIENT_CERTIFICATE("partner-center.client-certificate"),
    CLIENT_CERTIFICATE_PASSWORD("partner-center.client-certificate-password"),
    CLIENT_CERTIFICATE_PASSWORD_FILE("partner-center.client-certificate-password-file"),
    CLIENT_ASSERTION_FILE("partner-center.client-assertion-file"),
    REFRESH_TOKEN("partner-center.refresh-token"),
    TOKEN_STORE("partner-center.token-store"),
    SCOPE("partner-center.scope"),
    PROXY("partner-center.proxy"),
    PROXY_USER("partner-center.proxy-user"),
    PROXY_PASSWORD("partner-center.proxy-password"),
    PROXY_PASSWORD_FILE("partner-center.proxy-password-file"),
    CA_CERTIFICATES("partner-center.ca-certificates"),
    APPLICATION_NAME("partner-center.application-name"),
    LOCALE("partner-center.locale", "en-US"),
    INCLUDE_PRICE("partner-center.include-price", "false"),
    CONNECT_TIMEOUT("partner-center.connect-timeout", "5s"),
    RESPONSE_TIMEOUT("partner-center.response-timeout", "30s"),
    REQUESTS_PER_MINUTE("partner-center.requests-per-minute", "500"),
    MAX_ATTEMPTS("order-lookup.max-attempts", "5"),
    DEADLINE("order-lookup.deadline", "2m"),
    MAX_IN_FLIGHT("order-lookup.max-in-flight", "256"),
    MAX_PENDING("order-lookup.max-pending", "2048"),
    COLLAPSE("order-lookup.collapse", "true"),
    LOG_LEVEL("order-lookup.log-level", "info"),
    KAFKA_ENABLED("order-lookup.kafka.enabled", "true"),
    REQUEST_TOPIC("order-lookup.request-topic", "order-lookup.requests"),
    RESULTS_TOPIC("order-lookup.results-topic", "order-lookup.results"),
    ERRORS_TOPIC("order-lookup.errors-topic", "order-lookup.errors"),
    GROUP_ID("order-lookup.group-id", "order-lookup"),
    REPLY_TOPICS("order-lookup.reply-topics"),
    WAITING_TOPIC("order-lookup.waiting-topic"),
    SETTLE_TIMEOUT("order-lookup.settle-timeout", "1h"),
    REST_ENABLED("order-lookup.rest.enabled", "true"),
    REST_HOST("order-lookup.rest.host", "127.0.0.1"),
    REST_PORT("order-lookup.rest.port", "8080"),
    REST_API_KEYS("order-lookup.rest.api-keys"),
    REST_API_KEYS_FILE("order-lookup.rest.api-keys-file"),
    REST_TLS_CERTIFICATE("order-lookup.rest.tls-certificate"),
    REST_TLS_KEY("order-lookup.rest.tls-key"),
    REST_TLS_KEYSTORE("order-lookup.rest.tls-keystore"),
    REST_TLS_KEYSTORE_PASSWORD("order-lookup.rest.tls-keystore-password"),
    REST_MAX_WAITING("order-lookup.rest.max-waiting", "1000"),
    REST_CONSOLE("order-lookup.rest.console", "false");

    /** Their texts must not be seen, and hold braces of their own. */
    private static final Set<Key> SECRETS =
            EnumSet.of(
                    CLIENT_SECRET,
                    CLIENT_CERTIFICATE_PASSWORD,
                    REFRESH_TOKEN,
                    PROXY_PASSWORD,
                    REST_API_KEYS,
                    REST_TLS_KEYSTORE_PASSWORD);

    /** They protect something: set and empty is an error, never "not set". */
    private static final Set<Key> GUARDS =
            EnumSet.of(
                    CLIENT_SECRET_FILE,
                    CLIENT_CERTIFICATE,
                    CLIENT_CERTIFICATE_PASSWORD_FILE,
                    CLIENT_ASSERTION_FILE,
                    TOKEN_STORE,
                    REST_API_KEYS_FILE,
                    PROXY_USER,
                    PROXY_PASSWORD_FILE,
                    CA_CERTIFICATES,
                    REST_TLS_CERTIFICATE,
                    REST_TLS_KEY,
                    REST_TLS_KEYSTORE);

    private static final Set<Key> ENDPOINTS = EnumSet.of(KAFKA_ENABLED, REST_ENABLED);

    private final String text;
    private final @Nullable String defaultText;

    Key(String text) {
        this(text, null);
    }

    Key(String text, @Nullable String defaultText) {
        this.text = text;
        this.defaultText = defaultText;
    }

    /** The key as people write it. */
    public String text() {
        return text;
    }

    /** Whether its text is a secret: a password, a token, keys of callers. */
    public boolean isSecret() {
        return SECRETS.contains(this);
    }

    /** Whether it is a credential, a list of keys or a part of TLS. */
    public boolean isGuarding() {
        return isSecret() || GUARDS.contains(this);
    }

    /**
     * What holds when the key is not set; null when the key has no default of its own.
     *
     * @param embedded whether a host application runs us: it enables the endpoints itself
     */
    public @Nullable String defaultText(boolean embedded) {
        return embedded && ENDPOINTS.contains(this) ? "false" : defaultText;
    }

    /** Every key that has a default, with that default as text, in documented order. */
    public static Map<String, String> defaults(boolean embedded) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Key key : values()) {
            String text = key.defaultText(embedded);
            if (text != null) {
                defaults.put(key.text(), text);
            }
        }
        return Collections.unmodifiableMap(defaults);
    }
}
