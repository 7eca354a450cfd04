package io.github.orderlookup.order;

/**
 * Who placed an {@link Order}. Source: Partner Center documentation, "Order resources" (2021-11).
 */
public final class OrderTransactionType extends OpenEnum {

    public static final OrderTransactionType USER_PURCHASE = of("UserPurchase");
    public static final OrderTransactionType SYSTEM_PURCHASE = of("SystemPurchase");
    public static final OrderTransactionType SYSTEM_BILLING = of("SystemBilling");

    private OrderTransactionType(String text) {
        super(text);
    }

    /** The value with this text, known or not. */
    public static OrderTransactionType of(String text) {
        return new OrderTransactionType(text);
    }
}
