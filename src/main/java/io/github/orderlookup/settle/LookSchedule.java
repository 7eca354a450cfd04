package io.github.orderlookup.settle;

import io.github.orderlookup.lookup.OrderLookupRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the next look at an order that moves is due, and in which partition of the waiting topic the
 * request waits for it. Pure.
 *
 * <p>Looks grow rarer: after the n-th one the n-th interval passes, and from then on the last one.
 * The moment is rounded up to a grid of a tenth of the interval, shifted for each order and look:
 * that spreads the looks at different orders, while requests for the same order that came together
 * stay together and share one call.
 *
 * <p>The intervals are delay tiers. One partition holds requests of one tier, so that they become
 * due about in the order in which they were written, and none waits behind one that is due much
 * later.
 *
 * @param intervals growing; at least one
 */
public record LookSchedule(List<Duration> intervals) {

    /** From ten seconds to five minutes. */
    public static final LookSchedule USUAL =
            new LookSchedule(
                    List.of(
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(40),
                            Duration.ofSeconds(80),
                            Duration.ofSeconds(160),
                            Duration.ofSeconds(300)));

    private static final int GRID_PARTS = 10;

    /** The name under which a test binds other intervals in the registry of the Camel context. */
    public static final String BEAN = "order-lookup-look-schedule";

    public LookSchedule {
        intervals = List.copyOf(intervals);
    }

    /**
     * When the next look is due.
     *
     * @param looks made so far; 1 or more
     * @param end the last look is due then
     */
    public Instant next(OrderLookupRequest request, int looks, Instant now, Instant end) {
        Duration interval = intervals.get(Math.min(looks, intervals.size()) - 1);
        long grid = Math.max(1, interval.toMillis() / GRID_PARTS);
        long phase = Math.floorMod(mix(31L * order(request).hashCode() + looks), grid);
        long earliest = now.plus(interval).toEpochMilli();
        long due = earliest + Math.floorMod(phase - earliest, grid);
        Instant moment = Instant.ofEpochMilli(due);
        return moment.isBefore(end) ? moment : end;
    }

    private static String order(OrderLookupRequest request) {
        return request.customerId() + "/" + request.orderId();
    }

    /** Spreads near numbers: the finalizer of MurmurHash3. */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /**
     * The partition in which a request waits: one of those of its tier.
     *
     * @param delay until it is due
     * @param partitions of the waiting topic; 1 or more. There are as many tiers as partitions, but
     *     no more than intervals; partition p belongs to tier p modulo their number
     * @param eventId chooses among the partitions of the tier
     */
    public int partition(Duration delay, int partitions, String eventId) {
        int tiers = Math.min(partitions, intervals.size());
        int tier = interval(delay) * tiers / intervals.size();
        int ofTheTier = (partitions - tier + tiers - 1) / tiers;
        return tier + tiers * (int) Math.floorMod(mix(eventId.hashCode()), (long) ofTheTier);
    }

    /** The longest interval that a delay reaches. */
    private int interval(Duration delay) {
        int found = 0;
        while (found + 1 < intervals.size() && delay.compareTo(intervals.get(found + 1)) >= 0) {
            found++;
        }
        return found;
    }
}
