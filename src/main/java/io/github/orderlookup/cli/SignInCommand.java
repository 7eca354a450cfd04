package io.github.orderlookup.cli;

import io.github.orderlookup.cli.signin.SignInResult;
import io.github.orderlookup.cli.signin.SignInSession;
import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.format.MalformedException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sign-in}: a partner user signs in, and the refresh token is stored. */
@Command(
        name = "sign-in",
        description = {
            "Lets a partner user sign in, with multifactor authentication, and puts the refresh token"
                    + " into partner-center.token-store (partner-center.auth-mode=app-user).",
            "Prints the address to open in a browser on this machine, or with --device-code an"
                    + " address and a code for a browser on any machine, and waits.",
            "The application in Entra ID needs the redirect URI http://localhost under the platform"
                    + " Web; any port fits it. Nothing is stored that the service could not work"
                    + " with. A service that runs takes the new token within seconds."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The refresh token is stored.",
            "1:Nothing is stored; what to do is on standard error.",
            "75:Nothing is stored; the same command may succeed later.",
            "64:The command line is wrong.",
            "78:The settings are wrong."
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class SignInCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Application application;
    private final PrintStream out;
    private final PrintStream err;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--device-code",
            description = "The user signs in on any machine, with a code that is printed.")
    private boolean deviceCode;

    @Option(names = "--browser", description = "Opens the address in the browser.")
    private boolean browser;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "The loopback port that the browser comes back to (default: any free one).")
    private @Nullable Integer port;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long the user may take, such as 90s or 10m (default: 5m).")
    private String timeout = "5m";

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this help and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    SignInCommand(Application application, PrintStream out, PrintStream err) {
        this.application = application;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        SignInSession.Options options = options();
        PartnerCenterSettings settings = application.settingsForSignIn().partnerCenter();
        if (settings.authMode() != AuthMode.APP_USER) {
            throw new SettingsException(
                    List.of(
                            new SettingError(
                                    "partner-center.auth-mode",
                                    "is app-only: nobody signs in",
                                    "app-user, with partner-center.token-store")));
        }
        SignInResult result = new SignInSession(settings, options, err, Clock.systemUTC()).run();
        print(result);
        if (result instanceof SignInResult.Failed failed) {
            return failed.tryAgain() ? ExitCode.TRY_AGAIN : ExitCode.FAILED;
        }
        return ExitCode.OK;
    }

    private SignInSession.Options options() {
        if (deviceCode && port != null) {
            throw wrong("--port has no use with --device-code: nothing comes back to this machine");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw wrong("--port must be 1 to 65535");
        }
        try {
            Duration limit = Formats.durationUpTo(LONGEST).parse(timeout);
            return new SignInSession.Options(deviceCode, browser, port == null ? 0 : port, limit);
        } catch (MalformedException e) {
            throw wrong("--timeout must be " + Formats.durationUpTo(LONGEST).accepted());
        }
    }

    private CommandLine.ParameterException wrong(String words) {
        return new CommandLine.ParameterException(spec.commandLine(), words);
    }

    private void print(SignInResult result) {
        boolean toOut = json || result instanceof SignInResult.Done;
        PrintStream stream = toOut ? out : err;
        String text = json ? result.json() : result.text();
        stream.writeBytes((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
