package io.github.orderlookup.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The request topic and the offsets that its group has committed, as the broker sees them. For one
 * thread.
 */
final class Requests {

    private final List<Partition> partitions = new ArrayList<>();
    private final Set<Integer> assigned = new TreeSet<>();

    /** One request on the topic. */
    static final class Request {
        final int partition;
        final long offset;
        final int epoch;
        final String customer;
        final String order;
        int outcomes;

        private Request(Partition of, String customer, String order) {
            this.partition = of.number;
            this.offset = of.log.size();
            this.epoch = of.epoch;
            this.customer = customer;
            this.order = order;
        }

        @Override
        public String toString() {
            return "%d-%d (epoch %d) %s".formatted(partition, offset, epoch, order);
        }
    }

    private static final class Partition {
        private final int number;
        private final List<Request> log = new ArrayList<>();
        private int epoch;
        private int position;
        private long committed;

        /** The topic for which the offset was committed. */
        private int committedEpoch;

        /** The topic that the consumer takes this one for. */
        private int knownEpoch;

        private Partition(int number) {
            this.number = number;
        }
    }

    Requests(int count) {
        for (int number = 0; number < count; number++) {
            partitions.add(new Partition(number));
            assigned.add(number);
        }
    }

    int partitions() {
        return partitions.size();
    }

    void append(int partition, String customer, String order) {
        Partition to = partitions.get(partition);
        to.log.add(new Request(to, customer, order));
    }

    /**
     * Deletes the topic and makes it anew: offsets begin at 0. The consumer reads on where it was
     * until it notices.
     */
    void recreate() {
        for (Partition partition : partitions) {
            partition.log.clear();
            partition.epoch++;
            partition.committed = 0;
        }
    }

    /** Sets the topic that the consumer reads. */
    boolean notice() {
        boolean another = false;
        for (Partition partition : partitions) {
            if (partition.knownEpoch != partition.epoch) {
                partition.knownEpoch = partition.epoch;
                partition.position = 0;
                another = true;
            }
        }
        return another;
    }

    /** Takes partitions away. */
    void revoke(Collection<Integer> some) {
        assigned.removeAll(some);
    }

    /** Gives a partition back: it is read from the last commit. */
    void assign(int partition) {
        if (assigned.add(partition)) {
            Partition back = partitions.get(partition);
            back.position = back.committedEpoch == back.epoch ? (int) back.committed : 0;
        }
    }

    boolean isAssigned(int partition) {
        return assigned.contains(partition);
    }

    /** What a poll brings. */
    List<Request> poll(int most) {
        List<Request> polled = new ArrayList<>();
        for (int number : assigned) {
            Partition from = partitions.get(number);
            from.position = from.position > from.log.size() ? 0 : from.position;
            while (polled.size() < most && from.position < from.log.size()) {
                polled.add(from.log.get(from.position++));
            }
        }
        return polled;
    }

    /**
     * Takes a commit.
     *
     * @throws AssertionError when a request before it has no outcome
     */
    void commit(int number, long offset) {
        Partition partition = partitions.get(number);
        if (!assigned.contains(number)) {
            return;
        }
        partition.committed = offset;
        partition.committedEpoch = partition.knownEpoch;
        if (partition.knownEpoch == partition.epoch) {
            requireNoGap(partition, offset);
        }
    }

    private static void requireNoGap(Partition partition, long offset) {
        if (offset > partition.log.size()) {
            throw new AssertionError(
                    "Offset %d of partition %d was committed, which ends at %d"
                            .formatted(offset, partition.number, partition.log.size()));
        }
        partition.log.subList(0, (int) offset).stream()
                .filter(request -> request.outcomes == 0)
                .findFirst()
                .ifPresent(
                        gap -> {
                            throw new AssertionError("Committed " + offset + " over a gap: " + gap);
                        });
    }

    /** Requests that have no outcome, or are not committed. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        for (Partition partition : partitions) {
            partition.log.stream()
                    .filter(request -> request.outcomes == 0)
                    .forEach(request -> open.add(request + " has no outcome"));
            if (!isCommitted(partition)) {
                open.add(
                        "partition %d is committed up to %d of %d"
                                .formatted(
                                        partition.number,
                                        partition.committed,
                                        partition.log.size()));
            }
        }
        return open;
    }

    boolean isDone() {
        return partitions.stream()
                .allMatch(
                        partition ->
                                isCommitted(partition)
                                        && partition.log.stream()
                                                .allMatch(request -> request.outcomes > 0));
    }

    /**
     * On an empty topic there is nothing to commit; an offset of the one before may stand there.
     */
    private static boolean isCommitted(Partition partition) {
        return partition.log.isEmpty()
                || partition.committed == partition.log.size()
                        && partition.committedEpoch == partition.epoch;
    }

    int size() {
        return partitions.stream().mapToInt(partition -> partition.log.size()).sum();
    }
}
