package io.github.orderlookup.cli.signin;

import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.entra.CodeGrant;
import io.github.orderlookup.signin.entra.DeviceCode;
import io.github.orderlookup.signin.entra.EntraApplication.Issued;
import io.github.orderlookup.signin.interactive.InteractiveSignIn;
import io.github.orderlookup.text.VisibleText;
import io.github.orderlookup.time.MonotonicClock;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** One sign-in of a user, from the address that is printed to the result. */
public final class SignInSession {
    private static final int LONGEST_PROMPT = 300;

    private final InteractiveSignIn signIn;
    private final Options options;
    private final PrintStream prompts;
    private final Clock clock;

    /**
     * How a user signs in.
     *
     * @param deviceCode whether the user signs in at another machine
     * @param browser whether the browser is opened
     * @param port where the browser comes back to; 0 for any free one
     * @param limit how long the user may take
     */
    public record Options(boolean deviceCode, boolean browser, int port, Duration limit) {}

    /**
     * @param settings of {@code app-user}
     * @param prompts for what the user is to do
     */
    public SignInSession(
            PartnerCenterSettings settings, Options options, PrintStream prompts, Clock clock) {
        this.signIn = new InteractiveSignIn(settings, clock);
        this.options = options;
        this.prompts = prompts;
        this.clock = clock;
    }

    public SignInResult run() {
        try {
            return options.deviceCode() ? byDeviceCode() : byBrowser();
        } catch (SignInException e) {
            return SignInResult.Failed.of(e);
        }
    }

    private SignInResult byDeviceCode() throws SignInException {
        DeviceCode code = signIn.newDeviceCode();
        prompts.println(
                "Sign in as a user of the partner's tenant, in a browser on any machine: open");
        prompts.println();
        prompts.println("  " + shown(code.verificationUri()));
        prompts.println();
        prompts.println("and enter the code " + shown(code.userCode()));
        openBrowser(code.verificationUri());
        DeviceWait wait =
                new DeviceWait(
                        signIn::poll,
                        MonotonicClock.startingAt(clock),
                        interval -> Thread.sleep(interval.toMillis()));
        return keep(wait.await(code, options.limit()));
    }

    private SignInResult byBrowser() throws SignInException {
        Proof proof = Proof.random(new SecureRandom());
        try (LoopbackListener listener = listen(proof)) {
            promptForBrowser(
                    signIn.page(listener.uri(), proof.state().reveal(), proof.challenge()));
            Redirect redirect =
                    listener.await(options.limit())
                            .orElseThrow(() -> TimeLimit.passed(options.limit()));
            SignInResult result = new SignInResult.Failed("It failed unexpectedly.", false);
            try {
                result = redeem(redirect, listener.uri(), proof);
            } finally {
                listener.answer(result.page());
            }
            return result;
        }
    }

    private LoopbackListener listen(Proof proof) throws SignInException {
        try {
            return new LoopbackListener(options.port(), proof.state());
        } catch (BindException e) {
            throw SignInException.refused(
                    "Port "
                            + options.port()
                            + " is taken. Choose another one with --port, or leave it out for any"
                            + " free one.");
        } catch (IOException e) {
            throw SignInException.refused("No port of the loopback address can be listened to.");
        }
    }

    private void promptForBrowser(URI page) {
        prompts.println(
                "Sign in as a user of the partner's tenant: open this address in a browser");
        prompts.println("on this machine, within " + TimeLimit.words(options.limit()) + ".");
        prompts.println();
        prompts.println("  " + page);
        prompts.println();
        prompts.println(
                "Should the page say AADSTS50011, add the redirect URI http://localhost under the");
        prompts.println(
                "platform Web to the application in Entra ID (Authentication). Any port fits it.");
        openBrowser(page.toString());
    }

    private void openBrowser(String address) {
        if (options.browser() && !isOpened(address)) {
            prompts.println("No browser could be opened: open the address yourself.");
        }
    }

    private static boolean isOpened(String address) {
        try {
            URI page = URI.create(address);
            boolean web = "https".equals(page.getScheme()) || "http".equals(page.getScheme());
            return web && Browser.open(page);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private SignInResult redeem(Redirect redirect, URI redirectUri, Proof proof) {
        try {
            if (redirect instanceof Redirect.Code code) {
                return keep(
                        signIn.redeem(new CodeGrant(code.code(), redirectUri, proof.verifier())));
            }
            Redirect.Refused refused = (Redirect.Refused) redirect;
            return SignInResult.Failed.of(signIn.refusal(refused.error(), refused.description()));
        } catch (SignInException e) {
            return SignInResult.Failed.of(e);
        }
    }

    private SignInResult keep(Issued issued) throws SignInException {
        return new SignInResult.Done(signIn.keep(issued), clock.instant());
    }

    private static String shown(String text) {
        return VisibleText.of(text, LONGEST_PROMPT);
    }
}
