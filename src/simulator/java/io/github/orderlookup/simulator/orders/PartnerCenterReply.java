package io.github.orderlookup.simulator.orders;

import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.http.Reply;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Answers as Partner Center's front end does: ids echoed, cookie set, errors in shape A. */
public final class PartnerCenterReply {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final Map<String, String> DESCRIPTIONS =
            Map.ofEntries(
                    Map.entry("0", "The provided value is not valid."),
                    Map.entry("400", "Access denied."),
                    Map.entry("1000", "Not found."),
                    Map.entry("2000", "The input is malformed."),
                    Map.entry("20000", "The order was not found."),
                    Map.entry("20002", "The partner has no relationship with this customer."),
                    Map.entry("60003", "The customer was not found."),
                    Map.entry("800003", "An unexpected error occurred."),
                    Map.entry("800043", "Pricing information is not granted."),
                    Map.entry("900118", "The customer id is invalid."),
                    Map.entry("900420", "The audience of the token is not accepted any more."),
                    Map.entry("900421", "The token carries no MFA claim."));

    private PartnerCenterReply() {}

    /** A success: the real service puts a byte-order mark before the minified JSON. */
    public static Reply success(HttpServerRequest request, byte[] json) {
        byte[] body = new byte[BYTE_ORDER_MARK.length + json.length];
        System.arraycopy(BYTE_ORDER_MARK, 0, body, 0, BYTE_ORDER_MARK.length);
        System.arraycopy(json, 0, body, BYTE_ORDER_MARK.length, json.length);
        return Reply.of(200, "application/json; charset=utf-8", body).with(ids(request));
    }

    public static Reply fault(HttpServerRequest request, int status, String code) {
        return fault(
                request,
                status,
                code,
                DESCRIPTIONS.getOrDefault(code, "The request failed with code " + code + "."));
    }

    public static Reply fault(
            HttpServerRequest request, int status, String code, String description) {
        JsonObject fault =
                new JsonObject()
                        .put("code", code.matches("\\d{1,18}") ? (Object) Long.valueOf(code) : code)
                        .put("description", description)
                        .put("data", new JsonArray())
                        .put("source", "PartnerFD");
        Reply reply = Reply.json(status, fault.encode()).with(ids(request));
        return status == 401
                ? reply.with(
                        "WWW-Authenticate",
                        "OAuth realm=urn:cpsvc:cpid:{" + UUID.randomUUID() + "}")
                : reply;
    }

    private static List<Header> ids(HttpServerRequest request) {
        return List.of(
                new Header("MS-CorrelationId", echo(request, "MS-CorrelationId")),
                new Header("MS-RequestId", echo(request, "MS-RequestId")),
                new Header("MS-CV", correlationVector()),
                new Header("MS-ServerId", "0000112E"),
                new Header("Request-Context", "appId=cid-v1:f5a3ee21-5c4b-4d5b-9b5a-1f6c2d7e8a90"),
                new Header("X-Locale", echo(request, "X-Locale", "en-US")),
                new Header(
                        "Set-Cookie", "simulator=" + correlationVector() + "; Path=/; HttpOnly"));
    }

    private static String echo(HttpServerRequest request, String name) {
        return echo(request, name, UUID.randomUUID().toString());
    }

    private static String echo(HttpServerRequest request, String name, String otherwise) {
        return Optional.ofNullable(request.getHeader(name)).orElse(otherwise);
    }

    private static String correlationVector() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return new String(Base64.getEncoder().encode(random), StandardCharsets.US_ASCII) + ".0";
    }
}
