package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Upstream;
import java.time.Clock;
import java.util.Optional;

/** Whether Partner Center answers to the token: asked for an order that does not exist. */
public final class ApiCheck {
    private static final String PART = "API answers";

    /** "No relationship with the customer": the token was good enough to get so far. */
    private static final String NO_RELATIONSHIP = "20002";

    private final Findings findings;
    private final HttpProbe probe;
    private final Clock clock;

    public ApiCheck(Findings findings, HttpProbe probe, Clock clock) {
        this.findings = findings;
        this.probe = probe;
        this.clock = clock;
    }

    public Optional<HttpProbe.Timed> run(String token) {
        Optional<HttpProbe.Timed> timed = probe.api(token);
        if (timed.isEmpty()) {
            findings.fault(
                    PART,
                    "No whole answer came.",
                    "Try again; if it stays, raise partner-center.response-timeout or look at what"
                            + " is in between.");
            return timed;
        }
        UpstreamResponse response = timed.get().response();
        FailureClassifier.classify(response, clock.instant())
                .ifPresentOrElse(
                        failure -> report(response.status(), failure),
                        () ->
                                findings.fault(
                                        PART,
                                        "An order that nobody has was found.",
                                        "Check partner-center.api-url: this is not Partner"
                                                + " Center."));
        return timed;
    }

    private void report(int status, Failure failure) {
        Upstream upstream = failure.upstream();
        String code = upstream == null || upstream.code() == null ? "" : upstream.code();
        String answer = "HTTP " + status + (code.isEmpty() ? "" : ", code " + code) + ": ";
        switch (failure.type()) {
            case CUSTOMER_NOT_FOUND, ORDER_NOT_FOUND, INVALID_REQUEST ->
                    findings.ok(PART, answer + "no such order, as it must be");
            case ACCESS_DENIED -> {
                if (code.equals(NO_RELATIONSHIP)) {
                    findings.ok(PART, answer + "no such customer, as it must be");
                } else {
                    findings.note(
                            PART,
                            answer + failure.detail(),
                            "If lookups of real orders are refused too: register the application"
                                    + " for the partner in Partner Center, and check its roles.");
                }
            }
            case THROTTLED ->
                    findings.note(
                            PART,
                            answer + failure.detail(),
                            "Other programs use up the tenant's limit: lower"
                                    + " partner-center.requests-per-minute.");
            case AUTHENTICATION_FAILED ->
                    findings.fault(PART, answer + failure.detail(), "See the token above.");
            case UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT ->
                    findings.fault(PART, answer + failure.detail(), "Try again in a while.");
            default ->
                    findings.fault(
                            PART,
                            answer + failure.detail(),
                            "Check partner-center.api-url, and what is in between.");
        }
    }
}
