package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.http.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A refusal of the token endpoint: AADSTS number, HTTP status, OAuth error and words. */
public record LoginError(int number, int status, String error, String suberror, String text) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final List<LoginError> KNOWN =
            List.of(
                    client(7000215, "Invalid client secret provided."),
                    client(7000222, "The provided client secret keys are expired."),
                    client(
                            700027,
                            "The certificate with identifier used to sign the client assertion is not registered on application."),
                    client(700024, "Client assertion is not within its valid time range."),
                    client(
                            7000218,
                            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
                    bad(50027, "invalid_request", "JWT token is invalid or malformed."),
                    client(
                            700021,
                            "Client assertion application identifier doesn't match 'client_id' parameter."),
                    client(700023, "Client assertion audience claim does not match Realm issuer."),
                    client(
                            700211,
                            "No matching federated identity record found for presented assertion issuer."),
                    client(
                            700212,
                            "No matching federated identity record found for presented assertion audience."),
                    client(
                            700213,
                            "No matching federated identity record found for presented assertion subject."),
                    client(
                            7000272,
                            "The certificate used to sign the federated credential could not be found in the metadata of the identity provider."),
                    bad(900561, "invalid_request", "The endpoint only accepts POST requests."),
                    client(50012, "Authentication failed: the client assertion is not valid."),
                    bad(
                            700016,
                            "unauthorized_client",
                            "Application with the identifier was not found in the directory."),
                    bad(
                            90002,
                            "invalid_request",
                            "Tenant not found. Check to make sure you have the correct tenant ID."),
                    bad(90011, "invalid_request", "The application identifier is ambiguous."),
                    bad(
                            900144,
                            "invalid_request",
                            "The request body must contain all required parameters."),
                    bad(
                            9002313,
                            "invalid_grant",
                            "Invalid request. Request is malformed or invalid."),
                    bad(
                            70003,
                            "unsupported_grant_type",
                            "The app requested an unsupported grant type."),
                    bad(70008, "invalid_grant", "The refresh token has expired due to inactivity."),
                    bad(
                            700082,
                            "invalid_grant",
                            "The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00."),
                    bad(
                            50173,
                            "invalid_grant",
                            "The provided grant has expired due to it being revoked, a fresh auth token is needed."),
                    new LoginError(
                            65001,
                            400,
                            "invalid_grant",
                            "consent_required",
                            "The user or administrator has not consented to use the application."),
                    new LoginError(
                            50076,
                            400,
                            "invalid_grant",
                            "basic_action",
                            "Due to a configuration change, you must use multi-factor authentication."),
                    new LoginError(
                            50079,
                            400,
                            "invalid_grant",
                            "basic_action",
                            "Due to a configuration change, you must enroll in multi-factor authentication."),
                    new LoginError(
                            53003,
                            400,
                            "invalid_grant",
                            "message_only",
                            "Access has been blocked by Conditional Access policies."),
                    bad(
                            50011,
                            "invalid_request",
                            "The redirect URI specified in the request does not match the redirect URIs configured for the application."),
                    bad(
                            501481,
                            "invalid_grant",
                            "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
                    bad(54005, "invalid_grant", "OAuth2 Authorization code was already redeemed."),
                    client(
                            700025,
                            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
                    bad(65004, "access_denied", "User declined to consent to access the app."),
                    bad(
                            70018,
                            "bad_verification_code",
                            "Invalid verification code due to user typing in the wrong user code."),
                    bad(
                            500011,
                            "invalid_resource",
                            "The resource principal was not found in the tenant."),
                    bad(
                            70011,
                            "invalid_scope",
                            "The provided value for the input parameter 'scope' is not valid."),
                    new LoginError(
                            90033,
                            503,
                            "temporarily_unavailable",
                            "",
                            "A transient error has occurred. Please try again."));

    private static final Map<Integer, LoginError> BY_NUMBER =
            KNOWN.stream()
                    .collect(Collectors.toUnmodifiableMap(LoginError::number, error -> error));

    /** The refusal of this number; a number not known here is an {@code invalid_request}. */
    public static LoginError of(int number) {
        return BY_NUMBER.getOrDefault(
                number, bad(number, "invalid_request", "The request was refused."));
    }

    /** An error without a number of its own: the state of a device code. */
    static Reply ofDeviceCode(String error) {
        return new LoginError(70016, 400, error, "", "OAuth 2.0 device flow error.").reply();
    }

    public Reply reply() {
        String timestamp = TIMESTAMP.format(Instant.now());
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        JsonObject body =
                new JsonObject()
                        .put("error", error)
                        .put(
                                "error_description",
                                String.join(
                                        "\r\n",
                                        "AADSTS" + number + ": " + text,
                                        "Trace ID: " + trace,
                                        "Correlation ID: " + correlation,
                                        "Timestamp: " + timestamp))
                        .put("error_codes", new JsonArray().add(number))
                        .put("timestamp", timestamp)
                        .put("trace_id", trace)
                        .put("correlation_id", correlation)
                        .put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
        if (!suberror.isEmpty()) {
            body.put("suberror", suberror);
        }
        if (suberror.equals("basic_action")) {
            body.put(
                    "claims",
                    "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"p1\"}}}");
        }
        return Reply.json(status, body.encode());
    }

    private static LoginError client(int number, String text) {
        return new LoginError(number, 401, "invalid_client", "", text);
    }

    private static LoginError bad(int number, String error, String text) {
        return new LoginError(number, 400, error, "", text);
    }
}
