package io.github.orderlookup.metrics;

import io.github.orderlookup.partnercenter.PartnerCenter;
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
        meters.seconds(
                "refresh.token.validity",
                "How long the stored refresh token is valid unless it is used; NaN without one",
                () -> -since(partnerCenter.tokens().refreshTokenExpiry()));
    }

    private double since(@Nullable Instant moment) {
        return moment == null
                ? Double.NaN
                : OwnMeters.seconds(Duration.between(moment, wall.instant()));
    }
}
