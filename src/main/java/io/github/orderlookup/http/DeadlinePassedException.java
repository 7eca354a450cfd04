package io.github.orderlookup.http;

import java.io.IOException;
import java.time.Duration;

/**
 * The service ended the call because the deadline of its lookup has passed: the attempt is not
 * finished.
 */
public final class DeadlinePassedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration given;

    /**
     * @param given how long the call was allowed to take
     */
    public DeadlinePassedException(Duration given) {
        super("The call was ended because the deadline of its lookup passed");
        this.given = given;
    }

    public Duration given() {
        return given;
    }
}
