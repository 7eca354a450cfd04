package io.github.orderlookup.cli;

/** The exit codes of a command, those of sysexits.h where it has one. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;

    /** EX_USAGE. */
    static final int USAGE = 64;

    /** EX_TEMPFAIL: asking again may help. */
    static final int TRY_AGAIN = 75;

    /** EX_CONFIG, as at the start of the service. */
    static final int SETTINGS = 78;

    private ExitCode() {}
}
