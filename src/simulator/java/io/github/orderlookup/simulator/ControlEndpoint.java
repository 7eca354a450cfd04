package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.http.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Drives a simulator over HTTP, below {@code /simulator} of the API origin, without a token. What
 * comes here is neither logged nor counted. {@link #HELP} lists the requests.
 */
final class ControlEndpoint {

    static final String HELP =
            """
              POST   /simulator/answers   {"order": ID, "answers": [NAME, ...]}   the next requests for this order
                                          {"answers": [...]}                      the next ones for any order
                                          {"login": true, "answers": [...]}       the next token requests
                                          with "always": true the first name holds until DELETE
              DELETE /simulator/answers   back to normal
              POST   /simulator/settings  any of {"latencyMillis": N or [N, N], "loginLatencyMillis": N, "window": N,
                                          "tokenLifetimeSeconds": N, "revokeAccessTokens": true,
                                          "revokeRefreshTokens": true, "mfa": BOOLEAN, "consent": BOOLEAN,
                                          "devicePolls": [ERROR, ...], "addSecret": TEXT, "expireSecret": TEXT,
                                          "refuseAssertion": TOKEN}
              GET    /simulator/log       what arrived at the API; ?origin=login: at the login host
              DELETE /simulator/log       forget it
            """;

    private static final String ROOT = "/simulator/";

    private final Simulator simulator;

    ControlEndpoint(Simulator simulator) {
        this.simulator = simulator;
    }

    static boolean isFor(HttpServerRequest request) {
        return request.path() != null && request.path().startsWith(ROOT);
    }

    void handle(HttpServerRequest request, Buffer body) {
        Reply reply;
        try {
            reply = answer(request, body);
        } catch (RuntimeException e) {
            reply = problem(400, String.valueOf(e.getMessage()));
        }
        request.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(reply.body()));
    }

    private Reply answer(HttpServerRequest request, Buffer body) {
        return switch (request.method().name() + " " + request.path()) {
            case "POST /simulator/answers" -> script(new JsonObject(body));
            case "DELETE /simulator/answers" -> done(simulator::answerNormally);
            case "POST /simulator/settings" -> settings(new JsonObject(body));
            case "GET /simulator/log" -> log(chosenLog(request));
            case "DELETE /simulator/log" -> done(chosenLog(request)::clear);
            default -> problem(404, "No such control:\n" + HELP);
        };
    }

    private Reply script(JsonObject wanted) {
        String order = wanted.getString("order");
        boolean always = wanted.getBoolean("always", false);
        ScriptedAnswer[] answers =
                wanted.getJsonArray("answers", new JsonArray()).stream()
                        .map(ControlEndpoint::named)
                        .toArray(ScriptedAnswer[]::new);
        if (wanted.getBoolean("login", false)) {
            return done(() -> scriptLogin(always, answers));
        }
        return done(
                order == null
                        ? () -> scriptAll(always, answers)
                        : () -> scriptOrder(order, always, answers));
    }

    private void scriptLogin(boolean always, ScriptedAnswer... answers) {
        if (always) {
            simulator.alwaysAnswerLogin(answers[0]);
        } else {
            simulator.answerLogin(answers);
        }
    }

    private void scriptAll(boolean always, ScriptedAnswer... answers) {
        if (always) {
            simulator.alwaysAnswerAll(answers[0]);
        } else {
            simulator.answerAll(answers);
        }
    }

    private void scriptOrder(String order, boolean always, ScriptedAnswer... answers) {
        if (always) {
            simulator.alwaysAnswer(order, answers[0]);
        } else {
            simulator.answer(order, answers);
        }
    }

    private Reply settings(JsonObject wanted) {
        for (String name : wanted.fieldNames()) {
            set(name, wanted.getValue(name));
        }
        return Reply.empty(204);
    }

    private void set(String name, Object value) {
        switch (name) {
            case "latencyMillis" -> simulator.latency(millis(value, 0), millis(value, 1));
            case "loginLatencyMillis" -> simulator.loginLatency(millis(value, 0));
            case "window" -> simulator.window(((Number) value).intValue());
            case "tokenLifetimeSeconds" ->
                    simulator.tokenLifetime(Duration.ofSeconds(((Number) value).longValue()));
            case "revokeAccessTokens" -> simulator.revokeAccessTokens();
            case "mfa" -> simulator.secondFactor((Boolean) value);
            case "consent" -> simulator.user().consents((Boolean) value);
            case "devicePolls" ->
                    simulator
                            .grants()
                            .devicePolls(
                                    ((JsonArray) value).stream().map(String::valueOf).toList());
            case "revokeRefreshTokens" -> simulator.revokeRefreshTokens();
            case "addSecret" -> simulator.addSecret((String) value);
            case "expireSecret" -> simulator.expireSecret((String) value);
            case "refuseAssertion" -> simulator.refuseAssertion((String) value);
            default -> throw new IllegalArgumentException("No such setting: " + name);
        }
    }

    private ReceivedLog chosenLog(HttpServerRequest request) {
        return "login".equals(request.getParam("origin"))
                ? simulator.loginLog()
                : simulator.apiLog();
    }

    private static Reply log(ReceivedLog log) {
        List<JsonObject> requests = log.all().stream().map(ControlEndpoint::json).toList();
        return Reply.json(200, new JsonArray(requests).encode());
    }

    private static JsonObject json(Received request) {
        JsonArray headers = new JsonArray();
        request.headers().forEach(header -> headers.add(header.name() + ": " + header.value()));
        return new JsonObject()
                .put("at", request.at().toString())
                .put("method", request.method())
                .put("uri", request.uri())
                .put("headers", headers)
                .put("body", request.body());
    }

    private static ScriptedAnswer named(Object name) {
        return AnswerNames.find(String.valueOf(name))
                .orElseThrow(() -> new IllegalArgumentException("No such answer: " + name));
    }

    private static Duration millis(Object value, int bound) {
        Object number = value instanceof JsonArray bounds ? bounds.getValue(bound) : value;
        return Duration.ofMillis(((Number) number).longValue());
    }

    private static Reply done(Runnable action) {
        action.run();
        return Reply.empty(204);
    }

    private static Reply problem(int status, String text) {
        return Reply.json(status, new JsonObject().put("problem", text).encode());
    }
}
