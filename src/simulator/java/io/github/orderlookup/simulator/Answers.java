package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.http.BodyInPieces;
import io.github.orderlookup.simulator.http.Call;
import io.github.orderlookup.simulator.http.Gzip;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.simulator.login.LoginError;
import io.github.orderlookup.simulator.orders.MadeUpOrder;
import io.github.orderlookup.simulator.orders.OrdersEndpoint;
import io.github.orderlookup.simulator.orders.PartnerCenterReply;
import io.github.orderlookup.simulator.orders.Throttled;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The scripted answers. Error bodies come in the shapes that are met at Partner Center: A of its
 * front end, B of newer services, C of API Management, D of the token endpoint, E of another API
 * host, F HTML, G empty, H plain text.
 */
public final class Answers {

    private static final String JSON = "application/json; charset=utf-8";

    private Answers() {}

    /** The answer as if nothing were scripted. */
    public static ScriptedAnswer normal() {
        return call -> call.send(call.normal());
    }

    // Errors ----------------------------------------------------------------------------------

    /** Shape A, with the headers of a Partner Center answer. A code of digits is a JSON number. */
    public static ScriptedAnswer apiFault(int status, String code) {
        return call -> call.send(PartnerCenterReply.fault(call.request(), status, code));
    }

    public static ScriptedAnswer apiFault(int status, String code, String description) {
        return call ->
                call.send(PartnerCenterReply.fault(call.request(), status, code, description));
    }

    /** Shape A with {@code Retry-After}. */
    public static ScriptedAnswer apiFault(int status, String code, int retryAfterSeconds) {
        return call ->
                call.send(
                        PartnerCenterReply.fault(call.request(), status, code)
                                .with("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    /** Shape B. */
    public static ScriptedAnswer secondGenerationFault(int status, int code, boolean retryable) {
        String text = "The request failed with code " + code + ".";
        JsonObject body =
                new JsonObject()
                        .put("code", code)
                        .put("message", text)
                        .put("description", text)
                        .put("errorName", "SimulatedFault")
                        .put("isRetryable", retryable)
                        .put("parameters", new JsonObject())
                        .put("errorMessageExtended", "InternalErrorCode=" + code);
        return json(status, body.encode());
    }

    /** Shape C: HTTP 429 with {@code Retry-After} in seconds and without any MS header. */
    public static ScriptedAnswer throttled(int retryAfterSeconds) {
        return reply(Throttled.reply(retryAfterSeconds));
    }

    /** Shape C: HTTP 429 with an HTTP date as {@code Retry-After}. */
    public static ScriptedAnswer throttled(Instant retryAfter) {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(retryAfter.atOffset(ZoneOffset.UTC));
        return reply(Throttled.reply(date, "a while"));
    }

    /** Shape C: HTTP 429 that does not say for how long. */
    public static ScriptedAnswer throttledWithoutRetryAfter() {
        return gatewayFault(429, "Rate limit is exceeded.");
    }

    /** Shape C with another status. */
    public static ScriptedAnswer gatewayFault(int status, String message) {
        return body(
                status,
                "application/json",
                new JsonObject().put("statusCode", status).put("message", message).encode());
    }

    /** Shape D: status, error and words belong to the number. */
    public static ScriptedAnswer aadsts(int number) {
        return call -> call.send(LoginError.of(number).reply());
    }

    /** Shape E. */
    public static ScriptedAnswer otherHostFault(int status, String code) {
        JsonObject inner = new JsonObject().put("code", "inner").put("message", "Simulated");
        JsonObject error =
                new JsonObject()
                        .put("code", code)
                        .put("message", "The request failed.")
                        .put("target", "order")
                        .put("innerError", inner);
        return json(status, new JsonObject().put("error", error).encode());
    }

    /** Shape F. */
    public static ScriptedAnswer html(int status) {
        String page =
                """
                <html>
                <head><title>%1$d</title></head>
                <body>
                <center><h1>%1$d</h1></center><hr><center>Simulated-Application-Gateway/v2</center>
                </body>
                </html>
                """
                        .formatted(status);
        return body(status, "text/html", page);
    }

    /** Shape G. */
    public static ScriptedAnswer status(int status) {
        return reply(Reply.empty(status));
    }

    /** Shape H. */
    public static ScriptedAnswer text(int status, String text) {
        return body(status, "text/plain", text);
    }

    // Odd answers -----------------------------------------------------------------------------

    public static ScriptedAnswer reply(Reply reply) {
        return call -> call.send(reply);
    }

    public static ScriptedAnswer body(int status, String contentType, String text) {
        return reply(Reply.of(status, contentType, text));
    }

    public static ScriptedAnswer json(int status, String json) {
        return body(status, JSON, json);
    }

    /** HTTP 200 with these bytes as JSON, nothing put before them. */
    public static ScriptedAnswer bytes(byte[] body) {
        return reply(Reply.of(200, JSON, body));
    }

    /** HTTP 200 with the Order of another customer. */
    public static ScriptedAnswer wrongOrder() {
        return call ->
                call.send(
                        PartnerCenterReply.success(
                                call.request(),
                                MadeUpOrder.json(customer(call.request()), "0000deadbeef")));
    }

    /** HTTP 200 with an Order in this status, such as {@code pending_review}. */
    public static ScriptedAnswer inStatus(String status) {
        return call ->
                call.send(
                        PartnerCenterReply.success(
                                call.request(),
                                MadeUpOrder.inStatus(
                                        status, customer(call.request()), order(call.request()))));
    }

    /** HTTP 200 with a completed Order whose line has no subscription yet. */
    public static ScriptedAnswer unprovisioned() {
        return call ->
                call.send(
                        PartnerCenterReply.success(
                                call.request(),
                                MadeUpOrder.unprovisioned(
                                        customer(call.request()), order(call.request()))));
    }

    /** HTTP 200 with an Order of at least so many MiB. */
    public static ScriptedAnswer big(int mebibytes) {
        return call -> {
            String path = call.request().path();
            byte[] order =
                    MadeUpOrder.ofAtLeast(
                            mebibytes * 1024L * 1024L,
                            customer(call.request()),
                            OrdersEndpoint.orderId(path));
            call.send(PartnerCenterReply.success(call.request(), order));
        };
    }

    /** The normal answer, compressed whether or not the client asked for it. */
    public static ScriptedAnswer gzip() {
        return call -> {
            Reply normal = call.normal();
            call.send(normal.withBody(Gzip.of(normal.body())).with("Content-Encoding", "gzip"));
        };
    }

    /** HTTP 200 with a compressed body that becomes so many MiB of blanks. */
    public static ScriptedAnswer gzipBomb(int mebibytes) {
        byte[] bomb = Gzip.bomb(mebibytes);
        return reply(Reply.of(200, JSON, bomb).with("Content-Encoding", "gzip"));
    }

    public static ScriptedAnswer redirect(URI target) {
        return reply(Reply.empty(302).with("Location", target.toString()));
    }

    /** The normal answer, or in place of it one with this status, with more headers. */
    public static ScriptedAnswer withHeaders(int status, Map<String, String> more) {
        List<Header> headers =
                more.entrySet().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList();
        return call ->
                call.send((status == 200 ? call.normal() : Reply.empty(status)).with(headers));
    }

    // Time and transport ----------------------------------------------------------------------

    public static ScriptedAnswer delayed(Duration wait) {
        return delayed(wait, normal());
    }

    public static ScriptedAnswer delayed(Duration wait, ScriptedAnswer then) {
        return call -> call.after(wait, () -> then.play(call));
    }

    /** The normal answer, once the given future is complete. */
    public static ScriptedAnswer after(CompletionStage<?> moment) {
        return call -> call.after(moment, () -> normal().play(call));
    }

    /** The normal answer, its body one byte after the other. */
    public static ScriptedAnswer slowly(Duration pause) {
        return call -> new BodyInPieces(call, call.normal()).slowly(pause);
    }

    /** Never an answer; the connection stays open. */
    public static ScriptedAnswer hang() {
        return call -> {};
    }

    /** A connection closed in order before the first byte. */
    public static ScriptedAnswer close() {
        return Call::close;
    }

    /** A TCP reset before the first byte. */
    public static ScriptedAnswer reset() {
        return Call::reset;
    }

    /** A TCP reset after half of the normal body. */
    public static ScriptedAnswer resetMidBody() {
        return call -> new BodyInPieces(call, call.normal()).half(call::reset);
    }

    /**
     * Half of the normal body under the {@code Content-Length} of the whole, then an orderly close.
     */
    public static ScriptedAnswer truncated() {
        return call -> new BodyInPieces(call, call.normal()).half(call::close);
    }

    /** Half of the normal body, then nothing more; the connection stays open. */
    public static ScriptedAnswer hangMidBody() {
        return call -> new BodyInPieces(call, call.normal()).half(() -> {});
    }

    /** Half of this document under its {@code Content-Length}; the connection stays open. */
    public static ScriptedAnswer hangMidBody(String json) {
        return call -> new BodyInPieces(call, Reply.of(200, JSON, json)).half(() -> {});
    }

    private static String order(HttpServerRequest request) {
        return OrdersEndpoint.orderId(request.path());
    }

    private static String customer(HttpServerRequest request) {
        return OrdersEndpoint.customerId(request.path());
    }
}
