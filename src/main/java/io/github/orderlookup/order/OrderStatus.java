package io.github.orderlookup.order;

/**
 * How far an {@link Order} has come. Source: Partner Center documentation, "Order resources"
 * (2021-11) and the REST reference, "Manage orders"; {@code none} is from orders of 2015.
 */
public final class OrderStatus extends OpenEnum {

    public static final OrderStatus UNKNOWN = of("unknown");
    public static final OrderStatus NONE = of("none");
    public static final OrderStatus PENDING = of("pending");
    public static final OrderStatus COMPLETED = of("completed");
    public static final OrderStatus CANCELLED = of("cancelled");
    public static final OrderStatus PENDING_PO_UPLOAD = of("pending_po_upload");
    public static final OrderStatus PO_UPLOAD_COMPLETE = of("po_upload_complete");
    public static final OrderStatus PO_REVIEW_REJECTED = of("po_review_rejected");
    public static final OrderStatus PARTIAL_SUCCESS = of("partial_success");
    public static final OrderStatus SUSPENDED = of("suspended");
    public static final OrderStatus PENDING_REVIEW = of("pending_review");
    public static final OrderStatus ERROR = of("error");

    private OrderStatus(String text) {
        super(text);
    }

    /** The value with this text, known or not. */
    public static OrderStatus of(String text) {
        return new OrderStatus(text);
    }
}
