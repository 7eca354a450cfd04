package io.github.orderlookup.order;

/**
 * How often an {@link Order} is billed. Source: Partner Center documentation, "Product resources"
 * (2021-11), .NET SDK 3.4.0 (2023-06).
 */
public final class BillingCycle extends OpenEnum {

    public static final BillingCycle UNKNOWN = of("unknown");
    public static final BillingCycle NONE = of("none");
    public static final BillingCycle ONE_TIME = of("one_time");
    public static final BillingCycle MONTHLY = of("monthly");
    public static final BillingCycle ANNUAL = of("annual");
    public static final BillingCycle BIENNIAL = of("biennial");
    public static final BillingCycle TRIENNIAL = of("triennial");

    private BillingCycle(String text) {
        super(text);
    }

    /** The value with this text, known or not. */
    public static BillingCycle of(String text) {
        return new BillingCycle(text);
    }
}
