package io.github.orderlookup.main;

import io.github.orderlookup.cli.Commands;
import io.github.orderlookup.settings.CannotStartException;
import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.supervision.ProcessEnd;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.text.VisibleOutput;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes as a service of their own: {@code java -jar order-lookup.jar}.
 *
 * <p>Settings come from {@code application.properties} of the working directory, overridden by
 * system properties and these by environment variables. Exit code 78 for wrong settings, 1 for
 * another failed start, 70 when the process cannot go on. With arguments it runs one of the
 * {@linkplain Commands commands} instead.
 */
public final class OrderLookupMain {

    private static final int CONFIGURATION_ERROR = 78;
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";
    private static final String SERVICE_LOG = "order-lookup/log4j2.properties";
    private static final String COMMAND_LOG = "order-lookup/log4j2-commands.properties";

    private OrderLookupMain() {}

    public static void main(String[] args) {
        Machine.setLocale();
        System.setOut(VisibleOutput.over(System.out));
        System.setErr(VisibleOutput.over(System.err));
        Optional<String> refusal = Machine.refusesJar();
        if (refusal.isPresent()) {
            System.err.println(refusal.get());
            System.exit(1);
        }
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, args.length == 0 ? SERVICE_LOG : COMMAND_LOG);
        }
        if (Runtime.version().feature() >= 21) {
            System.setProperty("camel.threads.virtual.enabled", "true");
        }
        if (args.length == 0) {
            ServiceProcess process = ServiceProcess.watch();
            process.exit(run(process.supervisor()));
        }
        System.exit(command(args));
    }

    /** Standard output is for results; the log and other output go to standard error. */
    private static int command(String... args) {
        PrintStream out = System.out;
        System.setOut(System.err);
        return Commands.run(new CommandApplication(), out, System.err, args);
    }

    private static int run(Supervisor supervisor) {
        Main main = null;
        try {
            Configuration configuration = ServiceMain.configuration();
            main = ServiceMain.create();
            main.bind(Supervisor.NAME, supervisor);
            ServiceMain.measure(main);
            main.addMainListener(new Startup(configuration));
            main.run();
            return main.getExitCode();
        } catch (Throwable e) {
            if (main != null) {
                // Nothing runs that the end of the process would have to stop gracefully.
                main.completed();
            }
            return explain(e);
        }
    }

    private static int explain(Throwable failure) {
        SettingsException errors = RefusedOptions.find(failure);
        if (errors != null) {
            System.err.println(errors.getMessage());
            return CONFIGURATION_ERROR;
        }
        Logger log = LoggerFactory.getLogger(OrderLookupMain.class);
        CannotStartException reason = Causes.find(CannotStartException.class, failure);
        if (reason != null) {
            log.error("The start failed: {}", reason.getMessage());
        } else {
            log.error("The start failed", failure);
        }
        return Supervisor.fatalCause(failure) == null ? 1 : ProcessEnd.CANNOT_GO_ON;
    }
}
