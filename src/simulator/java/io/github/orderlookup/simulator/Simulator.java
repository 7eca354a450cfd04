package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.http.Blocking;
import io.github.orderlookup.simulator.http.Origin;
import io.github.orderlookup.simulator.http.ServerCertificate;
import io.github.orderlookup.simulator.login.AuthorizeEndpoint;
import io.github.orderlookup.simulator.login.ClientCredentials;
import io.github.orderlookup.simulator.login.FederatedIssuer;
import io.github.orderlookup.simulator.login.Grants;
import io.github.orderlookup.simulator.login.IssuedTokens;
import io.github.orderlookup.simulator.login.PartnerUser;
import io.github.orderlookup.simulator.login.PartnerUser.Methods;
import io.github.orderlookup.simulator.login.TokenEndpoint;
import io.github.orderlookup.simulator.orders.OrderShelf;
import io.github.orderlookup.simulator.orders.OrdersEndpoint;
import io.github.orderlookup.simulator.orders.StoredOrder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Partner Center and Entra ID on two loopback ports: a token endpoint, the call "get an order by
 * id", and a script of everything that can go wrong. Safe for use by several threads.
 *
 * <p>One partner tenant and one application are registered; their values are the constants here.
 */
public final class Simulator implements AutoCloseable {

    public static final String TENANT_ID = "7d0c2a41-9f3e-4b58-8a66-1c5e90b7d2f3";
    public static final String CLIENT_ID = "3e9b6a52-0d47-4c1f-b8a5-72f60c9d1e84";
    public static final String CLIENT_SECRET = "simulator-secret~with+odd/characters=&%";

    /** The refresh token of the first consent. */
    public static final String REFRESH_TOKEN = "1.AX0A-first-refresh-token-of-the-simulator";

    /** The resource whose tokens the API takes. */
    public static final String RESOURCE = "https://api.partnercenter.microsoft.com";

    /**
     * The resource of old: tokens are given out for it and refused by the API (401, code 900420).
     */
    public static final String RETIRED_RESOURCE = "https://graph.windows.net";

    private final Vertx vertx;
    private final OrderShelf shelf = new OrderShelf();
    private final ClientCredentials credentials;
    private final IssuedTokens tokens;
    private final Grants grants;
    private final ControlEndpoint control = new ControlEndpoint(this);
    private final ApiService apiService;
    private final LoginService loginService;
    private final Origin api;
    private final Origin login;

    private Simulator(Builder options) {
        options.folders().forEach(shelf::addFolder);
        tokens = new IssuedTokens(options.clock);
        credentials = new ClientCredentials(options.clock);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
        OrdersEndpoint orders = new OrdersEndpoint(shelf, tokens, options.anyOrder);
        grants = new Grants(options.clock);
        TokenEndpoint tokenEndpoint = new TokenEndpoint(tokens, credentials, grants, options.clock);
        apiService = new ApiService(vertx, options.clock, orders);
        loginService =
                new LoginService(
                        vertx, options.clock, tokenEndpoint, new AuthorizeEndpoint(grants));
        api =
                new Origin(
                        vertx,
                        options.apiPort,
                        options.certificate(options.httpApi),
                        this::atTheApi);
        login =
                new Origin(
                        vertx,
                        options.loginPort,
                        options.certificate(options.httpLogin),
                        loginService::handle);
    }

    /** A simulator on two free https ports with the Orders that come with it. */
    public static Simulator start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes every TLS client of this JVM that uses the default trust store trust the simulator, and
     * nothing else. Comes before the first TLS connection of the JVM.
     */
    public static void trustInThisJvm() {
        System.setProperty("javax.net.ssl.trustStore", trustStore().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", ServerCertificate.PASSWORD);
        System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
    }

    /** PKCS12 file, password {@code changeit}, that holds the certificate of both origins. */
    public static Path trustStore() {
        return ServerCertificate.ofThisJvm().trustStore();
    }

    public URI apiUrl() {
        return api.uri();
    }

    public URI loginUrl() {
        return login.uri();
    }

    // What there is ---------------------------------------------------------------------------

    /** Puts an Order up for lookup. */
    public void addOrder(String json) {
        if (!shelf.add(json)) {
            throw new IllegalArgumentException("Not an Order with id and referenceCustomerId");
        }
    }

    /** Makes a customer known that has no Order. */
    public void addCustomer(String customerId) {
        shelf.addCustomer(customerId);
    }

    /** The Orders put up, in no particular order. */
    public List<StoredOrder> orders() {
        return shelf.all();
    }

    // What arrived ----------------------------------------------------------------------------

    public ReceivedLog apiLog() {
        return apiService.log();
    }

    public ReceivedLog loginLog() {
        return loginService.log();
    }

    /** How many requests the API has under way. */
    public int inFlight() {
        return apiService.inFlight().now();
    }

    /** How many requests the API had under way at most, since the last {@link #resetPeak()}. */
    public int peakInFlight() {
        return apiService.inFlight().peak();
    }

    public void resetPeak() {
        apiService.inFlight().resetPeak();
    }

    // What goes wrong at the API --------------------------------------------------------------

    /** The next requests for this order are answered so, one each, in this order; then normally. */
    public void answer(String orderId, ScriptedAnswer... answers) {
        apiService.script().queue(orderId, List.of(answers));
    }

    /** The next requests for whatever order are answered so. */
    public void answerAll(ScriptedAnswer... answers) {
        apiService.script().queueForAll(List.of(answers));
    }

    /** Every request for this order is answered so, until {@link #answerNormally()}. */
    public void alwaysAnswer(String orderId, ScriptedAnswer answer) {
        apiService.script().always(orderId, answer);
    }

    /** Every request for whatever order is answered so, until {@link #answerNormally()}. */
    public void alwaysAnswerAll(ScriptedAnswer answer) {
        apiService.script().alwaysForAll(answer);
    }

    /** Forgets every scripted answer of both origins. */
    public void answerNormally() {
        apiService.script().clear();
        loginService.script().clear();
    }

    /** How long the API takes for each answer. */
    public void latency(Duration latency) {
        latency(latency, latency);
    }

    /** How long the API takes for each answer: evenly distributed between these. */
    public void latency(Duration least, Duration most) {
        apiService.latency().between(least, most);
    }

    /**
     * How many requests the API takes in any 60 seconds, 0 for no limit. The others are throttled
     * and count too.
     */
    public void window(int requests) {
        apiService.window().limit(requests);
    }

    /** Closes the port and every connection. */
    public void stopApi() {
        api.stop();
    }

    /** Listens again, on the same port. */
    public void startApi() {
        api.start();
    }

    // What goes wrong at the login host -------------------------------------------------------

    /** The next token requests are answered so, e.g. {@code Answers.aadsts(700016)}. */
    public void answerLogin(ScriptedAnswer... answers) {
        loginService.script().queueForAll(List.of(answers));
    }

    public void alwaysAnswerLogin(ScriptedAnswer answer) {
        loginService.script().alwaysForAll(answer);
    }

    public void loginLatency(Duration latency) {
        loginService.latency().between(latency, latency);
    }

    public void stopLogin() {
        login.stop();
    }

    public void startLogin() {
        login.start();
    }

    // Tokens and credentials ------------------------------------------------------------------

    /** Lifetime of the access tokens to come; 3599 seconds at first. */
    public void tokenLifetime(Duration lifetime) {
        tokens.accessLifetime(lifetime);
    }

    /** Whether the tokens of users to come tell of a second factor; at first they do. */
    public void secondFactor(boolean asked) {
        user().methods(asked ? Methods.PASSWORD_AND_MFA : Methods.PASSWORD);
    }

    /** The user who signs in. */
    public PartnerUser user() {
        return grants.user();
    }

    /** How users are signed in, and what is registered for the application about it. */
    public Grants grants() {
        return grants;
    }

    /** Makes the API answer 401 to every access token given out so far. */
    public void revokeAccessTokens() {
        tokens.revokeAccessTokens();
    }

    /** Lifetime of every refresh token since it was given out; 90 days at first. */
    public void refreshTokenLifetime(Duration lifetime) {
        tokens.refreshLifetime(lifetime);
    }

    /** Every refresh token given out so far is refused from now on (AADSTS50173). */
    public void revokeRefreshTokens() {
        tokens.revokeRefreshTokens();
    }

    public void revokeRefreshToken(String refreshToken) {
        tokens.revokeRefreshToken(refreshToken);
    }

    public void addSecret(String secret) {
        credentials.addSecret(secret);
    }

    /** This secret is refused from now on as expired (AADSTS7000222). */
    public void expireSecret(String secret) {
        credentials.expireSecret(secret);
    }

    /** The application may sign its assertions with this certificate's key. */
    public void registerCertificate(X509Certificate certificate) {
        credentials.addCertificate(certificate);
    }

    /** What this certificate has signed is refused from now on (AADSTS700027). */
    public void removeCertificate(X509Certificate certificate) {
        credentials.removeCertificate(certificate);
    }

    /** The application may sign in with the tokens of this issuer: a federated credential. */
    public void trustIssuer(FederatedIssuer issuer) {
        credentials.addIssuer(issuer);
    }

    /** This token of an issuer is refused from now on as expired (AADSTS700024). */
    public void refuseAssertion(String assertion) {
        credentials.refuseAssertion(assertion);
    }

    /** An access token that the API takes, without a token request. */
    public String accessToken() {
        return tokens.newAccessToken(CLIENT_ID, RESOURCE).value();
    }

    @Override
    public void close() {
        Blocking.await(vertx.close());
    }

    private void atTheApi(HttpServerRequest request, Buffer body) {
        if (ControlEndpoint.isFor(request)) {
            control.handle(request, body);
        } else {
            apiService.handle(request, body);
        }
    }

    /** How a simulator starts. */
    public static final class Builder {

        private boolean httpApi;
        private boolean httpLogin;
        private boolean anyOrder;
        private int apiPort;
        private int loginPort;
        private Clock clock = Clock.systemUTC();
        private @Nullable List<Path> folders;
        private @Nullable Path keyStore;

        private Builder() {}

        /**
         * Plain HTTP at both origins; default is https. MSAL4J refuses a login host without TLS.
         */
        public Builder http() {
            httpLogin = true;
            return httpApi();
        }

        /** Plain HTTP at the API alone. */
        public Builder httpApi() {
            httpApi = true;
            return this;
        }

        /** PKCS#12 file, password {@code changeit}, with the certificate of both origins. */
        public Builder certificate(Path keyStore) {
            this.keyStore = keyStore;
            return this;
        }

        /** Answers every id that is in no folder with a made-up Order, for any customer. */
        public Builder anyOrder() {
            anyOrder = true;
            return this;
        }

        /** Default: any free port. */
        public Builder apiPort(int port) {
            apiPort = port;
            return this;
        }

        /** Default: any free port. */
        public Builder loginPort(int port) {
            loginPort = port;
            return this;
        }

        /** The time by which tokens expire and requests are counted; latencies are real. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Adds a folder of Order documents ({@code *.json}); replaces the default folder. */
        public Builder orders(Path folder) {
            List<Path> all = folders == null ? new ArrayList<>() : new ArrayList<>(folders);
            all.add(folder);
            folders = all;
            return this;
        }

        public Simulator start() {
            Simulator simulator = new Simulator(this);
            try {
                simulator.api.start();
                simulator.login.start();
                return simulator;
            } catch (RuntimeException e) {
                simulator.close();
                throw e;
            }
        }

        private @Nullable ServerCertificate certificate(boolean http) {
            if (http) {
                return null;
            }
            return keyStore == null
                    ? ServerCertificate.ofThisJvm()
                    : new ServerCertificate(keyStore, keyStore);
        }

        private List<Path> folders() {
            return folders != null ? folders : List.of(SampleOrders.folder());
        }
    }
}
