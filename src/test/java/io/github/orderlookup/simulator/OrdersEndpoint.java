package io.github.orderlookup.simulator;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Partner Center's {@code GET /v1/customers/{customer}/orders/{order}} in good health. */
final class OrdersEndpoint {

    private static final Pattern ORDER = Pattern.compile("/v1/customers/([^/]+)/orders/([^/]+)");

    private final OrderShelf shelf;
    private final IssuedTokens tokens;

    OrdersEndpoint(OrderShelf shelf, IssuedTokens tokens) {
        this.shelf = shelf;
        this.tokens = tokens;
    }

    /** The order id of a path, decoded; empty when the path is not that of an order. */
    static String orderId(String path) {
        Matcher order = ORDER.matcher(path);
        return order.matches() ? decoded(order.group(2)) : "";
    }

    Reply answer(HttpServerRequest request, Received received) {
        Matcher order = ORDER.matcher(received.path());
        if (!order.matches()) {
            return Reply.empty(404);
        }
        if (!received.method().equals("GET")) {
            return PartnerCenterReply.fault(request, 405, "0", "The method is not allowed.");
        }
        Optional<AccessToken> token = received.bearer().flatMap(tokens::live);
        if (token.isEmpty()) {
            return PartnerCenterReply.fault(request, 401, "400");
        }
        if (token.get().audience().equals(Simulator.RETIRED_RESOURCE)) {
            return PartnerCenterReply.fault(request, 401, "900420");
        }
        boolean includePrice =
                Boolean.parseBoolean(received.query().getOrDefault("include_price", "false"));
        return find(request, decoded(order.group(1)), decoded(order.group(2)), includePrice);
    }

    private Reply find(
            HttpServerRequest request, String customerId, String orderId, boolean includePrice) {
        if (!OrderShelf.isGuid(customerId)) {
            return PartnerCenterReply.fault(request, 400, "900118");
        }
        if (!shelf.knowsCustomer(customerId)) {
            return PartnerCenterReply.fault(request, 404, "60003");
        }
        return shelf.find(customerId, orderId)
                .map(order -> PartnerCenterReply.success(request, order.json(includePrice)))
                .orElseGet(() -> PartnerCenterReply.fault(request, 404, "20000"));
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
