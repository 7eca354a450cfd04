package io.github.orderlookup.metrics;

import io.github.orderlookup.partnercenter.PartnerCenter;
import io.github.orderlookup.signin.Mfa;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gauges of the sign-in: the access token and the stored refresh token. */
final class SignInMeters {

    private final OwnMeters meters;
    private final PartnerCenter partnerCenter;
    private final Clock wall;

    SignInMeters(OwnMeters meters, PartnerCenter partnerCenter, Clock wall) {
        this.meters = meters;
        this.partnerCenter = partnerCenter;
        this.wall = wall;
    }

    void register() {
        meters.seconds(
                "token.age",
                "Age of the present access token; NaN without one",
                () -> since(partnerCenter.tokens().issued()));
        meters.seconds(
                "token.validity",
                "How long the present access token can still be used; NaN without one",
                () -> -since(partnerCenter.tokens().usableUntil()));
        meters.gauge(
                "token.failures",
                "Failed token requests in a row",
                () -> partnerCenter.tokens().failures());
        meters.gauge(
                "token.mfa",
                "1 when the user of the access token signed in with multifactor authentication, 0"
                        + " when not; NaN when it cannot be told, or without a user",
                () -> mfa(partnerCenter.tokens().mfa()));
        meters.seconds(
                "sign.in.last.success",
                "How long ago a token request last succeeded; NaN before the first",
                () -> since(partnerCenter.tokens().lastSuccess()));
        meters.seconds(
                "refresh.token.validity",
                "How long the stored refresh token is valid unless it is used; NaN without one",
                () -> -since(partnerCenter.tokens().refreshTokenExpiry()));
    }

    private static double mfa(Mfa mfa) {
        return switch (mfa) {
            case USED -> 1;
            case NOT_USED -> 0;
            case UNKNOWN -> Double.NaN;
        };
    }

    private double since(@Nullable Instant moment) {
        return moment == null
                ? Double.NaN
                : OwnMeters.seconds(Duration.between(moment, wall.instant()));
    }
}
