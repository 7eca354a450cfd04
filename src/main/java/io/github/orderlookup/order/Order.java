package io.github.orderlookup.order;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import io.github.orderlookup.text.Guids;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order of Partner Center: typed accessors over the JSON document, which is kept whole, as its
 * bytes. {@link OrderJson} reads and writes it; Jackson does as well, also with a mapper of another
 * making, whose limits then apply too.
 *
 * <p>Accessors read the camelCase names of API answers. Copies in audit records have PascalCase
 * names: they are read and written without loss, and only {@link #json()} shows their members.
 * "Always" below means: in every real answer seen; nothing is enforced.
 *
 * <p>Immutable and thread-safe. Source: Partner Center documentation, "Order resources" (state of
 * 2021-11), .NET SDK 3.4.0 (2023-06).
 */
@JsonDeserialize(using = OrderDeserializer.class)
public final class Order extends JsonView {

    private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    Order(JsonValue document) {
        super(document);
    }

    /**
     * Text, always: a GUID (legacy commerce; case does not matter), 33 characters of {@code
     * [A-Za-z0-9_-]} (case matters) or 12 hexadecimal digits (new commerce).
     */
    public Optional<String> id() {
        return text("id");
    }

    /** Text, optional: 12 hexadecimal digits, or the same as {@link #id()}. */
    public Optional<String> alternateId() {
        return text("alternateId");
    }

    /** GUID as text, always: the customer's tenant. */
    public Optional<String> referenceCustomerId() {
        return text("referenceCustomerId");
    }

    /** Text, optional: absent in orders of 2015. */
    public Optional<BillingCycle> billingCycle() {
        return text("billingCycle", BillingCycle::of);
    }

    /** Text, optional. */
    public Optional<OrderTransactionType> transactionType() {
        return text("transactionType", OrderTransactionType::of);
    }

    /** Array, always; empty when absent. */
    public List<OrderLineItem> lineItems() {
        return objects("lineItems", OrderLineItem::new);
    }

    /** ISO 4217 code as text, optional: absent before 2018. */
    public Optional<String> currencyCode() {
        return text("currencyCode");
    }

    /** Text, optional; may be other than ASCII. */
    public Optional<String> currencySymbol() {
        return text("currencySymbol");
    }

    /** Date and time as text, always. */
    public Optional<DateTimeText> creationDate() {
        return text("creationDate", DateTimeText::new);
    }

    /** Text, optional: absent in orders of 2017. */
    public Optional<OrderStatus> status() {
        return text("status", OrderStatus::of);
    }

    /**
     * Number, optional: before tax, when prices were asked for and may be seen. One of more than
     * 1,000 characters or with a scale beyond 1,000 reads as absent.
     */
    public Optional<BigDecimal> totalPrice() {
        return decimal("totalPrice");
    }

    /** Boolean, optional: the indirect reseller attested to the customer's agreement. */
    public Optional<Boolean> partnerOnRecordAttestationAccepted() {
        return flag("partnerOnRecordAttestationAccepted");
    }

    /** Object, optional and possibly empty: what the order was placed with. */
    public Optional<ClientContext> client() {
        return object("client", ClientContext::new);
    }

    /** Object, optional and possibly empty. */
    public Optional<OrderLinks> links() {
        return object("links", OrderLinks::new);
    }

    /** Object, always. */
    public Optional<ResourceAttributes> attributes() {
        return object("attributes", ResourceAttributes::new);
    }

    /**
     * Whether this is not the order that was asked for. Ids that are GUIDs compare without case,
     * others exactly. What is absent, null or empty is not compared; a member of another type than
     * text names nobody who could have been asked for.
     *
     * @return which member names another order or customer, in words without their values; empty
     *     when this order answers the question
     */
    public Optional<String> mismatch(String customerId, String orderId) {
        Map<String, JsonValue> ids = document().members("referenceCustomerId", "id");
        if (contradicts(ids.get("referenceCustomerId"), customerId)) {
            return Optional.of("referenceCustomerId names another customer");
        }
        JsonValue id = ids.get("id");
        if (isNamed(id, orderId)) {
            return Optional.empty();
        }
        JsonValue alternateId = document().member("alternateId").orElse(null);
        if (isNamed(alternateId, orderId)) {
            return Optional.empty();
        }
        if (contradicts(id, orderId)) {
            return Optional.of("id names another order");
        }
        return contradicts(alternateId, orderId)
                ? Optional.of("alternateId names another order")
                : Optional.empty();
    }

    private static boolean contradicts(@Nullable JsonValue named, String asked) {
        return named != null && !named.isNull() && !isNamed(named, "") && !isNamed(named, asked);
    }

    private static boolean isNamed(@Nullable JsonValue named, String asked) {
        return named != null && named.isText() && isSameId(named.text(), asked);
    }

    private static boolean isSameId(String one, String other) {
        return one.equals(other) || (one.equalsIgnoreCase(other) && Guids.isGuid(one));
    }

    /** The class and the id; no id where it is not of the kind that ids are. */
    @Override
    public String toString() {
        return "Order[" + id().filter(id -> ORDER_ID.matcher(id).matches()).orElse("") + "]";
    }
}
