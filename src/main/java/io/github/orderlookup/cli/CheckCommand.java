package io.github.orderlookup.cli;

import io.github.orderlookup.cli.check.Check;
import io.github.orderlookup.cli.check.Report;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: tries what the settings name and prints what it found. */
@Command(
        name = "check",
        description = {
            "Tries everything that the settings name and lists what it found.",
            "Asks for one access token, as the service does (app-user: the refresh token is"
                    + " replaced), and makes one call for an order that does not exist."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:No fault was found.",
            "1:At least one fault was found; each says what to do.",
            "64:The command line is wrong.",
            "78:The settings are wrong."
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class CheckCommand implements Callable<Integer> {

    private final Application application;
    private final PrintStream out;

    @Option(names = "--json", description = "Prints the list as one JSON object.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this help and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    CheckCommand(Application application, PrintStream out) {
        this.application = application;
        this.out = out;
    }

    @Override
    public Integer call() {
        Report report =
                new Check(application::settings, application::kafkaConnection, Clock.systemUTC())
                        .run();
        String text = json ? report.json() : report.text();
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (report.settingsAreWrong()) {
            return ExitCode.SETTINGS;
        }
        return report.isOk() ? ExitCode.OK : ExitCode.FAILED;
    }
}
