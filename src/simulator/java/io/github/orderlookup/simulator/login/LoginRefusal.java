package io.github.orderlookup.simulator.login;

/** Ends the work on a token request with an AADSTS number. */
final class LoginRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int number;

    LoginRefusal(int number) {
        super("AADSTS" + number, null, false, false);
        this.number = number;
    }

    /** Refuses with the given number what does not hold. */
    static void unless(boolean holds, int number) {
        if (!holds) {
            throw new LoginRefusal(number);
        }
    }

    int number() {
        return number;
    }
}
