package io.github.orderlookup.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: reads it, runs the command, gives the exit code. */
@Command(
        name = "java -jar order-lookup.jar",
        description = "Looks orders up in Microsoft Partner Center.",
        footer = {
            "",
            "Without a command the service runs: Kafka and REST, as the settings say.",
            "Settings come from application.properties in the working directory, from",
            "-Dkey=value before -jar, and from environment variables, which win."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        exitCodeOnInvalidInput = ExitCode.USAGE)
public final class Commands implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @CommandLine.Option(
            names = "--help",
            usageHelp = true,
            description = "Shows this help and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @CommandLine.Option(
            names = "--version",
            versionHelp = true,
            description = "Shows the version and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    private Commands() {}

    /**
     * Runs a command.
     *
     * @param arguments of the program; at least one
     * @param out for results alone
     * @param err for problems and complaints
     * @return the exit code
     */
    public static int run(
            Application application, PrintStream out, PrintStream err, String... arguments) {
        CommandLine line =
                new CommandLine(new Commands())
                        .addSubcommand(new SignInCommand(application, out, err))
                        .addSubcommand(new CheckCommand(application, out))
                        .addSubcommand(lookup(new LookupCommand(application, out, err)))
                        .addSubcommand(new RedriveCommand(application, out, err))
                        .setOut(writer(out))
                        .setErr(writer(err))
                        .setColorScheme(
                                CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                        .setExecutionExceptionHandler(new Failures(err));
        line.getCommandSpec().versionProvider(new Version(application));
        return line.execute(arguments);
    }

    /** Order ids may begin with a hyphen. */
    private static CommandLine lookup(LookupCommand command) {
        return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Only options were given, and none that ends. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }

    private record Version(Application application) implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"order-lookup " + application.version()};
        }
    }
}
