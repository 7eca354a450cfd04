package io.github.orderlookup.kafka.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Random stories of the window, compared with a model that is too simple to be wrong. */
class OffsetTrackerPropertiesTest {

    private static final List<TopicPartition> PARTITIONS =
            IntStream.range(0, 3).mapToObj(n -> new TopicPartition("requests", n)).toList();

    @Property(tries = 500)
    void commitsExactlyWhatTheModelDoes(@ForAll long seed) {
        Story story = new Story(new SplittableRandom(seed));

        for (int step = 0; step < 300; step++) {
            story.step();
        }
    }

    @Property(tries = 30)
    void losesNothingAndLeavesNoGapWhenManyThreadsSettle(@ForAll long seed) throws Exception {
        Crowd crowd = new Crowd(new SplittableRandom(seed));

        Map<TopicPartition, Long> committed = crowd.answerEverything();

        assertThat(crowd.gaps).isEmpty();
        assertThat(committed).isEqualTo(crowd.ends);
        assertThat(crowd.tracker.pending()).isZero();
    }

    /** A window beside lanes that are maps from offset to whether it is answered. */
    private static final class Story {

        private final SplittableRandom random;
        private final OffsetTracker tracker = new OffsetTracker(new ManualClock());
        private final Map<TopicPartition, NavigableMap<Long, Boolean>> lanes = new HashMap<>();
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private final List<Taken> underWay = new ArrayList<>();

        private record Taken(
                TrackedRecord tracked, long offset, NavigableMap<Long, Boolean> lane) {}

        Story(SplittableRandom random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> take();
                case 5, 6, 7, 8 -> settle();
                case 9, 10 -> commit();
                default -> forgetSometimes();
            }
            assertThat(tracker.pending())
                    .as("pending")
                    .isEqualTo(lanes.values().stream().mapToInt(Map::size).sum());
        }

        private void take() {
            TopicPartition partition = anyPartition();
            long offset = positions.getOrDefault(partition, 0L) + random.nextInt(3);
            positions.put(partition, offset + 1);
            NavigableMap<Long, Boolean> lane =
                    lanes.computeIfAbsent(partition, absent -> new TreeMap<>());
            lane.put(offset, false);
            underWay.add(new Taken(tracker.take(partition, offset, 0), offset, lane));
        }

        /** Settles a request of a forgotten partition too, which the model then does not know. */
        private void settle() {
            if (underWay.isEmpty()) {
                return;
            }
            Taken taken = underWay.remove(random.nextInt(underWay.size()));
            if (random.nextInt(20) == 0) {
                tracker.drop(taken.tracked());
            } else {
                taken.lane().put(taken.offset(), true);
                tracker.done(taken.tracked());
            }
        }

        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = tracker.committable();
            assertThat(offsets).as("committable").isEqualTo(answeredWithoutAGap());
            if (random.nextInt(4) > 0) {
                tracker.committed(offsets);
                offsets.forEach(
                        (partition, offset) ->
                                lanes.get(partition).headMap(offset.offset()).clear());
            }
        }

        private Map<TopicPartition, OffsetAndMetadata> answeredWithoutAGap() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            lanes.forEach(
                    (partition, lane) ->
                            lane.entrySet().stream()
                                    .takeWhile(Map.Entry::getValue)
                                    .reduce((earlier, later) -> later)
                                    .ifPresent(
                                            last ->
                                                    offsets.put(
                                                            partition,
                                                            new OffsetAndMetadata(
                                                                    last.getKey() + 1))));
            return offsets;
        }

        private void forgetSometimes() {
            if (random.nextInt(3) == 0) {
                TopicPartition partition = anyPartition();
                tracker.forget(List.of(partition));
                lanes.remove(partition);
                positions.merge(partition, 0L, (position, zero) -> random.nextLong(position + 1));
            }
        }

        private TopicPartition anyPartition() {
            return PARTITIONS.get(random.nextInt(PARTITIONS.size()));
        }
    }

    /** One thread polls and commits while others settle, in whatever order the machine picks. */
    private static final class Crowd {

        private static final int REQUESTS = 2_000;
        private static final int SETTLERS = 4;
        private static final Work END = new Work(new TopicPartition("end", 0), -1, null);

        private final OffsetTracker tracker = new OffsetTracker(new ManualClock());
        private final SplittableRandom random;
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private final Map<TopicPartition, NavigableMap<Long, Boolean>> taken = new HashMap<>();
        private final Map<Work, Boolean> answered = new ConcurrentHashMap<>();
        private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
        private final List<String> gaps = new ArrayList<>();

        private record Work(TopicPartition partition, long offset, TrackedRecord tracked) {
            Work withoutTicket() {
                return new Work(partition, offset, null);
            }
        }

        Crowd(SplittableRandom random) {
            this.random = random;
        }

        Map<TopicPartition, Long> answerEverything() throws Exception {
            ExecutorService settlers = Executors.newFixedThreadPool(SETTLERS);
            try {
                List<Future<?>> all =
                        Stream.<Future<?>>generate(() -> settlers.submit(this::settle))
                                .limit(SETTLERS)
                                .toList();
                poll();
                all.forEach(settler -> queue.add(END));
                for (Future<?> settler : all) {
                    settler.get(30, TimeUnit.SECONDS);
                }
                commit();
                return committed;
            } finally {
                settlers.shutdownNow();
            }
        }

        private void poll() {
            for (int i = 0; i < REQUESTS; i++) {
                TopicPartition partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
                long offset = ends.getOrDefault(partition, 0L) + random.nextInt(2);
                ends.put(partition, offset + 1);
                taken.computeIfAbsent(partition, absent -> new TreeMap<>()).put(offset, true);
                queue.add(new Work(partition, offset, tracker.take(partition, offset, 0)));
                if (random.nextInt(10) == 0) {
                    commit();
                }
            }
        }

        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = tracker.committable();
            offsets.forEach(
                    (partition, offset) -> {
                        taken.get(partition).headMap(offset.offset()).keySet().stream()
                                .filter(earlier -> isUnanswered(partition, earlier))
                                .forEach(earlier -> gaps.add(partition + " at " + earlier));
                        committed.put(partition, offset.offset());
                    });
            tracker.committed(offsets);
        }

        private boolean isUnanswered(TopicPartition partition, long offset) {
            return !answered.containsKey(new Work(partition, offset, null));
        }

        /** Takes two and settles the second one first. */
        private Void settle() throws InterruptedException {
            while (true) {
                Work first = queue.take();
                Work second = first.equals(END) ? null : queue.poll();
                if (second != null && second.equals(END)) {
                    queue.add(END);
                    second = null;
                }
                if (second != null) {
                    finish(second);
                }
                if (first.equals(END)) {
                    return null;
                }
                finish(first);
            }
        }

        private void finish(Work work) {
            answered.put(work.withoutTicket(), true);
            tracker.done(work.tracked());
        }
    }
}
