package io.github.orderlookup.simulator.orders;

import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.WellKnownOrders;
import io.github.orderlookup.simulator.http.Reply;
import io.github.orderlookup.simulator.login.AccessToken;
import io.github.orderlookup.simulator.login.IssuedTokens;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Partner Center's {@code GET /v1/customers/{customer}/orders/{order}} in good health. */
public final class OrdersEndpoint {

    private static final Pattern ORDER = Pattern.compile("/v1/customers/([^/]+)/orders/([^/]+)");

    private final OrderShelf shelf;
    private final IssuedTokens tokens;
    private final boolean anyOrder;

    /**
     * @param anyOrder whether an id that is not on the shelf is answered with a made-up Order
     */
    public OrdersEndpoint(OrderShelf shelf, IssuedTokens tokens, boolean anyOrder) {
        this.shelf = shelf;
        this.tokens = tokens;
        this.anyOrder = anyOrder;
    }

    /** The order id of a path, decoded; empty when the path is not that of an order. */
    public static String orderId(String path) {
        return segment(path, 2);
    }

    /** The customer id of a path, decoded; empty when the path is not that of an order. */
    public static String customerId(String path) {
        return segment(path, 1);
    }

    public Reply answer(HttpServerRequest request, Received received) {
        return refusal(request, received).orElseGet(() -> find(request, received));
    }

    /** Why the request is not even looked at, if so. */
    public Optional<Reply> refusal(HttpServerRequest request, Received received) {
        if (orderId(received.path()).isEmpty()) {
            return Optional.of(Reply.empty(404));
        }
        if (!received.method().equals("GET")) {
            return fault(request, 405, "0");
        }
        Optional<AccessToken> token = received.bearer().flatMap(tokens::live);
        if (token.isEmpty()) {
            return fault(request, 401, "400");
        }
        if (token.get().audience().equals(Simulator.RETIRED_RESOURCE)) {
            return fault(request, 401, "900420");
        }
        return OrderShelf.isGuid(customerId(received.path()))
                ? Optional.empty()
                : fault(request, 400, "900118");
    }

    private Reply find(HttpServerRequest request, Received received) {
        String customerId = customerId(received.path());
        String orderId = orderId(received.path());
        String includePrice = received.query().getOrDefault("include_price", "false");
        Optional<byte[]> order =
                shelf.find(customerId, orderId)
                        .map(stored -> stored.json(Boolean.parseBoolean(includePrice)))
                        .or(() -> madeUp(customerId, orderId));
        String notFound = shelf.knowsCustomer(customerId) ? "20000" : "60003";
        return order.map(json -> PartnerCenterReply.success(request, json))
                .orElseGet(() -> PartnerCenterReply.fault(request, 404, notFound));
    }

    private Optional<byte[]> madeUp(String customerId, String orderId) {
        return anyOrder || WellKnownOrders.isOne(orderId)
                ? Optional.of(MadeUpOrder.json(customerId, orderId))
                : Optional.empty();
    }

    private static Optional<Reply> fault(HttpServerRequest request, int status, String code) {
        return Optional.of(PartnerCenterReply.fault(request, status, code));
    }

    private static String segment(String path, int group) {
        Matcher order = ORDER.matcher(path);
        return order.matches() ? decoded(order.group(group)) : "";
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
