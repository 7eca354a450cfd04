package io.github.orderlookup.cli;

/** What a command tells its caller, in the numbers of sysexits.h where they have one. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;

    /** EX_USAGE. */
    static final int USAGE = 64;

    /** EX_TEMPFAIL: asking again may help. */
    static final int TRY_AGAIN = 75;

    /** EX_CONFIG, as at the start of the service. */
    public static final int SETTINGS = 78;

    private ExitCode() {}
}
