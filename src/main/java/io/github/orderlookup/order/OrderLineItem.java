package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of an {@link Order}: an offer and how many of it. Immutable and thread-safe.
 *
 * <p>Source: Partner Center documentation, "Order resources" (state of 2021-11), .NET SDK 3.4.0
 * (2023-06).
 */
public final class OrderLineItem extends JsonView {

    OrderLineItem(JsonValue document) {
        super(document);
    }

    /** Integer, always: from 0, unique in its order. */
    public OptionalInt lineItemNumber() {
        return integer("lineItemNumber");
    }

    /**
     * Text, always: an upper-case GUID, {@code MS-AZR-...}, or a catalog id {@code
     * product:SKU:availability}.
     */
    public Optional<String> offerId() {
        return text("offerId");
    }

    /**
     * GUID as text, upper case on legacy orders. Appears only after provisioning; lines bought once
     * often never have it.
     */
    public Optional<String> subscriptionId() {
        return text("subscriptionId");
    }

    /** GUID as text, rare: the subscription that an add-on belongs to. */
    public Optional<String> parentSubscriptionId() {
        return text("parentSubscriptionId");
    }

    /** Free text, optional. */
    public Optional<String> friendlyName() {
        return text("friendlyName");
    }

    /** Integer, always; 0 when this line was cancelled, while the order stays completed. */
    public OptionalInt quantity() {
        return integer("quantity");
    }

    /** Date and time as text, optional: end of the first term. */
    public Optional<DateTimeText> customTermEndDate() {
        return text("customTermEndDate", DateTimeText::new);
    }

    /** ISO 8601 duration as text, optional; may be the empty text. */
    public Optional<TermDuration> termDuration() {
        return text("termDuration", TermDuration::of);
    }

    /** Text, optional. */
    public Optional<LineItemTransactionType> transactionType() {
        return text("transactionType", LineItemTransactionType::of);
    }

    /** Text, optional: promotion of new commerce. */
    public Optional<String> promotionId() {
        return text("promotionId");
    }

    /** Digits as text, optional: the indirect reseller. */
    public Optional<String> partnerIdOnRecord() {
        return text("partnerIdOnRecord");
    }

    /** Array of digits as text, optional, may repeat the first reseller; empty when absent. */
    public List<String> additionalPartnerIdsOnRecord() {
        return texts("additionalPartnerIdsOnRecord");
    }

    /** Object of texts, optional, with the names that the SKU asks for; empty when absent. */
    public Map<String, String> provisioningContext() {
        return textsByName("provisioningContext");
    }

    /** Boolean, optional: the buyer's consent. */
    public Optional<Boolean> attestationAccepted() {
        return flag("attestationAccepted");
    }

    /** Object, optional: when prices were asked for and may be seen. */
    public Optional<Pricing> pricing() {
        return object("pricing", Pricing::new);
    }

    /** Object, optional: what follows when the term ends. */
    public Optional<RenewsTo> renewsTo() {
        return object("renewsTo", RenewsTo::new);
    }

    /** Object, usual and possibly empty. */
    public Optional<OrderLineItemLinks> links() {
        return object("links", OrderLineItemLinks::new);
    }

    /** Object, in requests and SDKs only so far. */
    public Optional<ResourceAttributes> attributes() {
        return object("attributes", ResourceAttributes::new);
    }

    /** The class and the line item number. */
    @Override
    public String toString() {
        OptionalInt number = lineItemNumber();
        return "OrderLineItem[" + (number.isPresent() ? number.getAsInt() : "") + "]";
    }
}
