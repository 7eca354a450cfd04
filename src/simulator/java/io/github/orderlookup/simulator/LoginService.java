package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.http.Call;
import io.github.orderlookup.simulator.http.HttpDate;
import io.github.orderlookup.simulator.http.Latency;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.simulator.login.AuthorizeEndpoint;
import io.github.orderlookup.simulator.login.LoginError;
import io.github.orderlookup.simulator.login.TokenEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The login origin: logs, waits, plays the script, else asks the endpoint. */
final class LoginService {

    private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token/?");
    private static final Pattern AUTHORIZE = Pattern.compile("/([^/]+)/oauth2/v2\\.0/authorize");
    private static final Pattern DEVICE_CODE = Pattern.compile("/([^/]+)/oauth2/v2\\.0/devicecode");
    private static final Pattern DISCOVERY =
            Pattern.compile("/([^/]+)(/v2\\.0)?/\\.well-known/openid-configuration");

    private final Vertx vertx;
    private final Clock clock;
    private final TokenEndpoint tokenEndpoint;
    private final AuthorizeEndpoint authorizeEndpoint;
    private final ReceivedLog log = new ReceivedLog();
    private final Script script = new Script();
    private final Latency latency = new Latency();

    LoginService(
            Vertx vertx,
            Clock clock,
            TokenEndpoint tokenEndpoint,
            AuthorizeEndpoint authorizeEndpoint) {
        this.authorizeEndpoint = authorizeEndpoint;
        this.vertx = vertx;
        this.clock = clock;
        this.tokenEndpoint = tokenEndpoint;
    }

    ReceivedLog log() {
        return log;
    }

    Script script() {
        return script;
    }

    Latency latency() {
        return latency;
    }

    void handle(HttpServerRequest request, Buffer body) {
        Received received = Received.of(request, body, clock.instant());
        log.add(received);
        request.response().putHeader("Date", HttpDate.of(clock.instant()));
        String origin = request.scheme() + "://" + request.getHeader("Host");
        Call call = new Call(vertx, request, () -> normal(received, origin));
        ScriptedAnswer answer = script.next("").orElseGet(Answers::normal);
        call.after(latency.next(), () -> answer.play(call));
    }

    private Reply normal(Received received, String origin) {
        Matcher discovery = DISCOVERY.matcher(received.path());
        if (discovery.matches()) {
            return Reply.json(200, metadata(origin + "/" + discovery.group(1)).encode());
        }
        Matcher authorize = AUTHORIZE.matcher(received.path());
        if (authorize.matches() && received.method().equals("GET")) {
            return authorizeEndpoint.answer(authorize.group(1), received.query());
        }
        Matcher device = DEVICE_CODE.matcher(received.path());
        if (device.matches() && received.method().equals("POST")) {
            return tokenEndpoint.deviceCode(device.group(1), origin, received.form());
        }
        Matcher token = TOKEN.matcher(received.path());
        if (!token.matches()) {
            return Reply.empty(404);
        }
        return received.method().equals("POST")
                ? tokenEndpoint.answer(token.group(1), origin + received.path(), received.form())
                : LoginError.of(900561).reply();
    }

    private static JsonObject metadata(String tenant) {
        return new JsonObject()
                .put("issuer", tenant + "/v2.0")
                .put("token_endpoint", tenant + "/oauth2/v2.0/token")
                .put("authorization_endpoint", tenant + "/oauth2/v2.0/authorize")
                .put("device_authorization_endpoint", tenant + "/oauth2/v2.0/devicecode");
    }
}
