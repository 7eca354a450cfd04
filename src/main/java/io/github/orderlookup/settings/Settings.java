package io.github.orderlookup.settings;

/**
 * Everything an operator can set, read once at start. Immutable. Its text form shows no secret.
 *
 * @param logLevel in our own main
 */
public record Settings(
        PartnerCenterSettings partnerCenter,
        LookupSettings lookup,
        KafkaSettings kafka,
        RestSettings rest,
        LogLevel logLevel) {}
