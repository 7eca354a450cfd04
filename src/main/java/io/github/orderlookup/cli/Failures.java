package io.github.orderlookup.cli;

import io.github.orderlookup.settings.SettingsException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Ends a command that could not do its work: settings that are wrong, or a defect of ours. */
record Failures(PrintStream err) implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof SettingsException errors) {
            err.println(errors.getMessage());
            return ExitCode.SETTINGS;
        }
        failure.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
