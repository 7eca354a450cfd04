package io.github.orderlookup.signin;

import static java.util.Objects.requireNonNull;

import io.github.orderlookup.http.HttpTransport;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.signin.entra.ClientCredentials;
import io.github.orderlookup.signin.entra.EntraApplication;
import io.github.orderlookup.signin.entra.LoginHost;
import io.github.orderlookup.signin.store.TokenStore;
import io.github.orderlookup.time.MonotonicClock;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Puts the parts of the sign-in together as the settings say. */
public final class SignInAssembly {
    private SignInAssembly() {}

    static AccessTokens accessTokens(PartnerCenterSettings settings, WayOut wayOut) {
        Clock wall = Clock.systemUTC();
        return accessTokens(
                settings, transport(settings, wayOut), MonotonicClock.startingAt(wall), wall);
    }

    /**
     * @param clock measures lifetimes and waits
     * @param wall for time stamps and dates of others
     */
    static AccessTokens accessTokens(
            PartnerCenterSettings settings,
            HttpTransport transport,
            InstantSource clock,
            InstantSource wall) {
        return new TokenHolder(
                signIn(settings, transport, wall),
                clock,
                wall,
                SignInAssembly::runAside,
                RandomGenerator.getDefault());
    }

    /** The connections to the login host. */
    static HttpTransport transport(PartnerCenterSettings settings, WayOut wayOut) {
        return new HttpTransport(settings, wayOut, 2, LoginHost.ON_THE_WIRE);
    }

    private static SignIn signIn(
            PartnerCenterSettings settings, HttpTransport transport, InstantSource wall) {
        EntraApplication application = application(settings, transport, wall);
        if (settings.authMode() == AuthMode.APP_ONLY) {
            return new ApplicationSignIn(application);
        }
        return new UserSignIn(application, store(settings, wall));
    }

    /** The store of the refresh token. */
    public static TokenStore store(PartnerCenterSettings settings, InstantSource wall) {
        return new TokenStore(
                requireNonNull(settings.tokenStore(), "tokenStore"),
                settings.refreshToken(),
                wall,
                duration -> Thread.sleep(duration.toMillis()));
    }

    /** The application at the login host. */
    public static EntraApplication application(PartnerCenterSettings settings, InstantSource wall) {
        WayOut wayOut = WayOut.of(settings.network());
        return application(settings, transport(settings, wayOut), wall);
    }

    /** Signs the application in as itself. */
    private record ApplicationSignIn(EntraApplication application) implements SignIn {
        @Override
        public AccessToken newToken() throws SignInException {
            return application.asItself().accessToken();
        }

        @Override
        public Optional<FileValue<?>> credentialFile() {
            return application.credentialFile();
        }
    }

    private static EntraApplication application(
            PartnerCenterSettings settings, HttpTransport transport, InstantSource wall) {
        LoginHost host =
                new LoginHost(
                        transport,
                        settings.loginUrl(),
                        settings.tenantId(),
                        settings.responseTimeout(),
                        timer(),
                        wall);
        return new EntraApplication(
                host,
                authority(settings.loginUrl(), settings.tenantId()),
                settings.clientId(),
                ClientCredentials.of(settings.credential(), wall),
                settings.scope());
    }

    static String authority(URI loginUrl, String tenant) {
        return "https://" + loginUrl.getRawAuthority() + "/" + tenant + "/";
    }

    /** Its thread ends when nothing is to be timed: there is about one token request an hour. */
    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1, task -> daemon(task, "order-lookup-sign-in-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** A thread per renewal, since there is about one an hour; it never keeps the process alive. */
    private static void runAside(Runnable renewal) {
        daemon(renewal, "order-lookup-sign-in").start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
