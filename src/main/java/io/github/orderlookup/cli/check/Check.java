package io.github.orderlookup.cli.check;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.cli.check.kafka.KafkaCheck;
import io.github.orderlookup.cli.check.network.ApiCheck;
import io.github.orderlookup.cli.check.network.Certificates;
import io.github.orderlookup.cli.check.network.ClockCheck;
import io.github.orderlookup.cli.check.network.HostCheck;
import io.github.orderlookup.cli.check.network.HttpProbe;
import io.github.orderlookup.cli.check.signin.AssertionCheck;
import io.github.orderlookup.cli.check.signin.TokenCheck;
import io.github.orderlookup.cli.check.signin.TokenStoreCheck;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.Credential.ClientAssertionFile;
import io.github.orderlookup.settings.Credential.ClientCertificate;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Checks everything that the settings name, from the inside to the outside: settings, files, hosts,
 * token, API, Kafka. Skips what depends on a failed check.
 */
public final class Check {

    private final Supplier<Settings> settings;
    private final Supplier<Properties> kafkaConnection;
    private final Clock clock;
    private final Findings findings = new Findings();

    /**
     * @param settings reads them, or throws a {@link SettingsException}
     * @param kafkaConnection how the service connects to Kafka, or throws a {@link
     *     SettingsException}
     */
    public Check(Supplier<Settings> settings, Supplier<Properties> kafkaConnection, Clock clock) {
        this.settings = settings;
        this.kafkaConnection = kafkaConnection;
        this.clock = clock;
    }

    public Report run() {
        try {
            check(settings.get());
            return new Report(findings.all(), false);
        } catch (SettingsException e) {
            return wrong(e);
        }
    }

    private void check(Settings settings) {
        findings.ok("settings", summary(settings));
        if (settings.kafka().enabled()) {
            TemporaryFilesCheck.run(findings, System.getProperty("java.io.tmpdir", ""));
        }
        files(settings);
        partnerCenter(settings.partnerCenter());
        if (settings.kafka().enabled()) {
            new KafkaCheck(findings, settings.kafka(), settings.lookup().settleTimeout())
                    .run(kafkaConnection.get());
        } else {
            findings.skipped("kafka", "The Kafka door is closed: order-lookup.kafka.enabled.");
        }
    }

    private Report wrong(SettingsException e) {
        for (SettingsException.SettingError error : e.errors()) {
            findings.fault(
                    "settings",
                    error.key() + ": " + error.wrong(),
                    "accepted: " + error.accepted());
        }
        return new Report(findings.all(), true);
    }

    private static String summary(Settings settings) {
        PartnerCenterSettings partnerCenter = settings.partnerCenter();
        return "complete: cloud "
                + lower(partnerCenter.cloud())
                + ", "
                + lower(partnerCenter.authMode())
                + ", Kafka "
                + (settings.kafka().enabled() ? "on" : "off")
                + ", REST "
                + (settings.rest().enabled() ? "on" : "off");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void files(Settings settings) {
        PartnerCenterSettings partnerCenter = settings.partnerCenter();
        Certificates certificates = new Certificates(findings, clock);
        if (partnerCenter.credential() instanceof ClientCertificate file) {
            certificates.ofTheApplication(file);
        }
        if (partnerCenter.credential() instanceof ClientAssertionFile assertion) {
            AssertionCheck.run(findings, assertion.file(), partnerCenter.cloud(), clock);
        }
        if (partnerCenter.authMode() == AuthMode.APP_USER && partnerCenter.tokenStore() != null) {
            TokenStoreCheck.run(findings, partnerCenter, clock);
        }
        if (partnerCenter.network().caCertificates() != null) {
            certificates.ofAuthorities(partnerCenter.network().caCertificates());
        }
        RestSettings rest = settings.rest();
        if (rest.enabled() && rest.tls() != null) {
            certificates.ofTheRestEndpoint(rest.tls());
        }
    }

    private void partnerCenter(PartnerCenterSettings settings) {
        WayOut wayOut = WayOut.of(settings.network());
        HostCheck hosts =
                new HostCheck(findings, settings.connectTimeout(), clock, wayOut, System.getenv());
        HttpProbe probe = new HttpProbe(settings, wayOut, clock);
        ClockCheck clocks = new ClockCheck(findings);
        boolean login = hosts.reach("login host", settings.loginUrl());
        if (login) {
            probe.loginHost().ifPresent(answer -> clocks.compare("login host", answer));
        }
        boolean api = hosts.reach("API", settings.apiUrl());
        Optional<String> token = Optional.empty();
        if (login) {
            token = new TokenCheck(findings, settings, wayOut, clock).run();
        } else {
            findings.skipped("token", "The login host cannot be reached.");
        }
        if (!api || token.isEmpty()) {
            findings.skipped("API answers", api ? "There is no token." : "It cannot be reached.");
            return;
        }
        new ApiCheck(findings, probe, clock)
                .run(token.get())
                .ifPresent(answer -> clocks.compare("API", answer));
    }
}
