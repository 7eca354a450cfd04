package io.github.orderlookup.partnercenter;

import static java.util.Objects.requireNonNull;

import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts the parts of the sign-in together as the settings say. */
final class SignInAssembly {
    private SignInAssembly() {}

    static AccessTokens accessTokens(PartnerCenterSettings settings) {
        return accessTokens(settings, client(settings).build(), InstantSource.system());
    }

    static AccessTokens accessTokens(
            PartnerCenterSettings settings, HttpClient client, InstantSource clock) {
        return new TokenHolder(
                signIn(settings, client, clock),
                clock,
                SignInAssembly::runAside,
                RandomGenerator.getDefault());
    }

    /**
     * HTTP/1.1 since the login host is asked once an hour; the platform's proxy and trust store.
     */
    static HttpClient.Builder client(PartnerCenterSettings settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
    }

    private static SignIn signIn(
            PartnerCenterSettings settings, HttpClient client, InstantSource clock) {
        EntraApplication application = application(settings, client, clock);
        if (settings.authMode() == AuthMode.APP_ONLY) {
            return () -> application.asItself().accessToken();
        }
        TokenStore store =
                new TokenStore(
                        requireNonNull(settings.tokenStore(), "tokenStore"),
                        settings.refreshToken(),
                        clock,
                        duration -> Thread.sleep(duration.toMillis()));
        return new UserSignIn(application, store);
    }

    private static EntraApplication application(
            PartnerCenterSettings settings, HttpClient client, InstantSource clock) {
        LoginHost host =
                new LoginHost(
                        client,
                        settings.loginUrl(),
                        settings.tenantId(),
                        settings.responseTimeout(),
                        clock);
        return new EntraApplication(
                host,
                authority(settings.loginUrl(), settings.tenantId()),
                settings.clientId(),
                settings.credential(),
                settings.scope());
    }

    static String authority(URI loginUrl, String tenant) {
        return "https://" + loginUrl.getRawAuthority() + "/" + tenant + "/";
    }

    /** A thread per renewal, since there is about one an hour; it never keeps the process alive. */
    private static void runAside(Runnable renewal) {
        Thread thread = new Thread(renewal, "order-lookup-sign-in");
        thread.setDaemon(true);
        thread.start();
    }
}
