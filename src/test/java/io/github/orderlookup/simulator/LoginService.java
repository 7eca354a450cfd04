package io.github.orderlookup.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The login origin: logs, waits, plays the script, else asks the token endpoint. */
final class LoginService {

    private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token/?");

    private final Vertx vertx;
    private final Clock clock;
    private final TokenEndpoint tokenEndpoint;
    private final ReceivedLog log = new ReceivedLog();
    private final Script script = new Script();
    private final Latency latency = new Latency();

    LoginService(Vertx vertx, Clock clock, TokenEndpoint tokenEndpoint) {
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
        Call call = new Call(vertx, request, () -> normal(received));
        ScriptedAnswer answer = script.next("");
        call.after(latency.next(), () -> answer.play(call));
    }

    private Reply normal(Received received) {
        Matcher token = TOKEN.matcher(received.path());
        if (!token.matches()) {
            return Reply.empty(404);
        }
        return received.method().equals(HttpMethod.POST.name())
                ? tokenEndpoint.answer(token.group(1), received.form())
                : LoginFault.of(900561).reply();
    }
}
