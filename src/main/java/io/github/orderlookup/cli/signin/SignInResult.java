package io.github.orderlookup.cli.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.signin.Mfa;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.interactive.SignedIn;
import io.github.orderlookup.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What came of a sign-in, for the terminal, for programs and for the browser. */
public sealed interface SignInResult {

    /** For a terminal: several lines, without a line end at the end. */
    String text();

    /** One JSON object. */
    String json();

    /** For the browser. */
    String page();

    /**
     * The refresh token is stored.
     *
     * @param now for how long the refresh token lasts
     */
    record Done(SignedIn signedIn, Instant now) implements SignInResult {
        private static final int LONGEST_CLAIM = 200;

        @Override
        public String text() {
            return String.join(
                    System.lineSeparator(),
                    "Signed in      " + user(),
                    "Tenant         " + or(signedIn.tenantId(), "not told"),
                    "MFA            " + mfa(),
                    "Refresh token  " + refreshToken(),
                    "Lookups        " + lookups());
        }

        private String user() {
            String name = shown(signedIn.name());
            String username = shown(signedIn.username());
            if (name.isEmpty() || username.isEmpty()) {
                return or(name + username, "as a user whose name is not told");
            }
            return name + " (" + username + ")";
        }

        private String mfa() {
            String methods = shown(String.join(", ", signedIn.methods()));
            return switch (signedIn.mfa()) {
                case USED -> "yes (" + methods + ")";
                case NOT_USED -> "no (" + methods + ")";
                case UNKNOWN -> "cannot be told: the token does not say how the user signed in";
            };
        }

        private String refreshToken() {
            return String.format(
                    Locale.ROOT,
                    "stored in %s; ends on %s (in %d days) unless it is used before",
                    VisibleText.of(signedIn.store().toString()),
                    signedIn.expiry().toString().substring(0, 10),
                    Duration.between(now, signedIn.expiry()).plusHours(12).toDays());
        }

        private String lookups() {
            if (signedIn.untried().isPresent()) {
                return "not tried, since an access token could not be had just now: "
                        + signedIn.untried().get();
            }
            return switch (signedIn.mfa()) {
                case USED ->
                        "can go ahead: an access token was issued as the service asks for it. A"
                                + " service that runs takes it within seconds";
                case NOT_USED, UNKNOWN ->
                        "can go ahead where Partner Center does not ask for MFA; \"check\" tells";
            };
        }

        @Override
        public String json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("ok", true);
            json.put("name", signedIn.name());
            json.put("username", signedIn.username());
            json.put("tenantId", signedIn.tenantId());
            json.put("mfa", signedIn.mfa().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            signedIn.methods().forEach(json.putArray("methods")::add);
            json.put("tokenStore", signedIn.store().toString());
            json.put("refreshTokenEnds", signedIn.expiry().toString());
            json.put("lookups", signedIn.untried().isEmpty() && signedIn.mfa() == Mfa.USED);
            signedIn.untried().ifPresent(why -> json.put("untried", why));
            return json.toString();
        }

        @Override
        public String page() {
            return ResultPage.of(
                    "Done",
                    user() + " is signed in. You can close this page; the terminal says the rest.");
        }

        private static String shown(String claim) {
            return VisibleText.of(claim, LONGEST_CLAIM);
        }

        private static String or(String claim, String otherwise) {
            return claim.isEmpty() ? otherwise : shown(claim);
        }
    }

    /**
     * Nothing is stored.
     *
     * @param reason what is wrong and what to do
     * @param tryAgain whether the same command may succeed later
     */
    record Failed(String reason, boolean tryAgain) implements SignInResult {

        static Failed of(SignInException failure) {
            return new Failed(failure.detail(), !failure.refused());
        }

        @Override
        public String text() {
            return "Not signed in. " + reason;
        }

        @Override
        public String json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("ok", false);
            json.put("error", reason);
            json.put("tryAgain", tryAgain);
            return json.toString();
        }

        @Override
        public String page() {
            return ResultPage.of("Not signed in", reason);
        }
    }
}
