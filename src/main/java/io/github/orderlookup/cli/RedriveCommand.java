package io.github.orderlookup.cli;

import io.github.orderlookup.cli.redrive.Interruption;
import io.github.orderlookup.cli.redrive.Progress;
import io.github.orderlookup.cli.redrive.Redrive;
import io.github.orderlookup.cli.redrive.RedriveOptions;
import io.github.orderlookup.cli.redrive.Selection;
import io.github.orderlookup.cli.redrive.Stop;
import io.github.orderlookup.cli.redrive.Summary;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.text.Guids;
import io.github.orderlookup.text.Rfc3339;
import io.github.orderlookup.time.MonotonicClock;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redrive}: sends the requests of the errors topic again. */
@Command(
        name = "redrive",
        description = {
            "Sends failed requests of the errors topic to the request topic again.",
            "Without --type, --code and --retryable: those that are retryable. Reads what the errors"
                    + " topic holds now, from where the last run ended. A run that was cut off is"
                    + " completed by the next one; at most one batch of 500 is sent twice then."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Everything that was selected was sent, or would be.",
            "1:Something must be changed first; what was sent before stays sent.",
            "75:No broker answered; another run goes on.",
            "64:The command line is wrong.",
            "78:The settings are wrong.",
            "130, 143:Interrupted; another run goes on."
        },
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class RedriveCommand implements Callable<Integer> {

    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");

    private final Application application;
    private final PrintStream out;
    private final PrintStream err;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "Of these types of problem, such as throttled.")
    private List<String> types = List.of();

    @Option(
            names = "--code",
            split = ",",
            paramLabel = "CODE",
            description = "With these codes of Partner Center.")
    private List<String> codes = List.of();

    @Option(
            names = "--retryable",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "WHICH",
            description = "true, false or any; without --type and --code true, else any.")
    private @Nullable String retryable;

    @Option(
            names = "--customer",
            split = ",",
            paramLabel = "GUID",
            description = "Of these customers.")
    private List<String> customers = List.of();

    @Option(
            names = "--correlation-id",
            split = ",",
            paramLabel = "GUID",
            description = "With these correlation ids.")
    private List<String> correlationIds = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Failed at this time or later: 2026-01-31T12:00:00Z, or ago: 90m, 12h, 2d.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Failed before this time.")
    private @Nullable String until;

    @Option(
            names = "--max-times",
            paramLabel = "N",
            description = "Leaves out what was sent again so many times. Default: ${DEFAULT-VALUE}")
    private int maxTimes = 3;

    @Option(names = "--limit", paramLabel = "N", description = "Sends at most so many.")
    private @Nullable Long limit;

    @Option(names = "--rate", paramLabel = "N", description = "Sends at most so many a second.")
    private @Nullable Double rate;

    @Option(
            names = "--from-beginning",
            description = "Reads the whole errors topic, also what a run before has read.")
    private boolean fromBeginning;

    @Option(
            names = "--dry-run",
            description = "Counts what would be sent; sends and commits nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the summary as one JSON object.")
    private boolean json;

    @Option(
            names = "--verbose",
            description = "Names each record that cannot be sent again, on standard error.")
    private boolean verbose;

    @Option(names = "--help", usageHelp = true, description = "Shows this help and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    RedriveCommand(Application application, PrintStream out, PrintStream err) {
        this.application = application;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        RedriveOptions options = options(Clock.systemUTC());
        Clock clock = MonotonicClock.startingAt(Clock.systemUTC());
        Progress progress = new Progress(err, Progress.hasTerminal(), verbose, clock);
        Stop stop = new Stop();
        Interruption interruption = Interruption.of(stop);
        try {
            return report(
                    new Redrive(application.settings().kafka(), options, progress, stop, clock)
                            .run(application.kafkaConnection()));
        } finally {
            interruption.close();
        }
    }

    private int report(Summary summary) {
        String text = json ? summary.json() : summary.text();
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        summary.error().ifPresent(err::println);
        if (summary.isOk()) {
            return ExitCode.OK;
        }
        return summary.isTemporary() ? ExitCode.TRY_AGAIN : ExitCode.FAILED;
    }

    private RedriveOptions options(Clock wall) {
        require(maxTimes >= 1, "--max-times", "at least 1");
        require(limit == null || limit >= 1, "--limit", "at least 1");
        require(rate == null || (rate >= 0.01 && rate <= 1e6), "--rate", "0.01 to 1000000");
        Set<String> known =
                Arrays.stream(ProblemType.values())
                        .map(ProblemType::shortName)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return new RedriveOptions(
                new Selection(
                        each("--type", types, known::contains, String.join(", ", known)),
                        retryable(),
                        Set.copyOf(codes),
                        each("--customer", customers, Guids::isGuid, "a GUID"),
                        time("--since", since, wall),
                        time("--until", until, wall),
                        each("--correlation-id", correlationIds, Guids::isGuid, "a GUID")),
                dryRun,
                fromBeginning,
                rate,
                limit,
                maxTimes);
    }

    /** A request that is not valid is not sent again unless it is named. */
    private @Nullable Boolean retryable() {
        if (retryable == null) {
            return (types.isEmpty() && codes.isEmpty()) ? true : null;
        }
        require(retryable.matches("true|false|any"), "--retryable", "true, false or any");
        return retryable.equals("any") ? null : Boolean.valueOf(retryable);
    }

    private Set<String> each(
            String option, List<String> values, Predicate<String> accepted, String expected) {
        values.forEach(value -> require(accepted.test(value), option, expected));
        return Set.copyOf(values);
    }

    private @Nullable Instant time(String option, @Nullable String text, Clock wall) {
        if (text == null) {
            return null;
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return wall.instant().minus(duration(ago.group(2), Long.parseLong(ago.group(1))));
        }
        return Rfc3339.parse(text)
                .orElseThrow(
                        () -> wrong(option, "a time such as 2026-01-31T12:00:00Z, or ago: 90m"));
    }

    private static Duration duration(String unit, long number) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private void require(boolean right, String option, String expected) {
        if (!right) {
            throw wrong(option, expected);
        }
    }

    private ParameterException wrong(String option, String expected) {
        return new ParameterException(
                spec.commandLine(), "Invalid value for " + option + "; expected: " + expected);
    }
}
