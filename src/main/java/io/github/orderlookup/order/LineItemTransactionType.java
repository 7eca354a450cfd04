package io.github.orderlookup.order;

/**
 * What an {@link OrderLineItem} does. Source: Partner Center documentation, "Order resources"
 * (2021-11).
 */
public final class LineItemTransactionType extends OpenEnum {

    public static final LineItemTransactionType NEW = of("new");
    public static final LineItemTransactionType RENEW = of("renew");
    public static final LineItemTransactionType ADD_QUANTITY = of("addQuantity");
    public static final LineItemTransactionType REMOVE_QUANTITY = of("removeQuantity");
    public static final LineItemTransactionType CANCEL = of("cancel");
    public static final LineItemTransactionType CONVERT = of("convert");
    public static final LineItemTransactionType CUSTOMER_CREDIT = of("customerCredit");

    private LineItemTransactionType(String text) {
        super(text);
    }

    /** The value with this text, known or not. */
    public static LineItemTransactionType of(String text) {
        return new LineItemTransactionType(text);
    }
}
