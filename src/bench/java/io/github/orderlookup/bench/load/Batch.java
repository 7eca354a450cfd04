package io.github.orderlookup.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.process.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are measured together, and what became of them. Every order id is asked once, so
 * that no two lookups can share a call.
 *
 * <p>Thread-safe: one thread sends, one receives.
 */
public final class Batch {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Each outcome is counted, but only one of so many is parsed. */
    private static final int SAMPLED = 64;

    private final String prefix = NUMBERS.incrementAndGet() + "-";
    private final int size;
    private final long[] sent;
    private final long[] seen;
    private final BitSet answered;
    private final CountDownLatch left;
    private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();

    public Batch(int size) {
        this.size = size;
        this.sent = new long[size];
        this.seen = new long[size];
        this.answered = new BitSet(size);
        this.left = new CountDownLatch(size);
    }

    public int size() {
        return size;
    }

    /** The request with this index, about to be sent. */
    ProducerRecord<byte[], byte[]> request(TopicSet topics, int index) {
        String value =
                "{\"customerId\":\"%08x-0000-4000-8000-000000000000\",\"orderId\":\"%s\"}"
                        .formatted(index % 50, orderId(index));
        sent[index] = System.nanoTime();
        return new ProducerRecord<>(
                topics.requests(),
                index % topics.partitions(),
                orderId(index).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private String orderId(int index) {
        return prefix + index;
    }

    /** Notes an outcome of this batch; those of other batches are passed over. */
    void receive(ConsumerRecord<byte[], byte[]> outcome, boolean isError, long now) {
        String key = outcome.key() == null ? "" : new String(outcome.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(prefix)) {
            return;
        }
        int index = Integer.parseInt(key.substring(prefix.length()));
        if (isError || !isOrder(outcome, index)) {
            wrong.compareAndSet(null, new String(outcome.value(), StandardCharsets.UTF_8));
            return;
        }
        if (answered.get(index)) {
            return;
        }
        answered.set(index);
        seen[index] = now;
        left.countDown();
    }

    private boolean isOrder(ConsumerRecord<byte[], byte[]> outcome, int index) {
        if (outcome.headers().lastHeader("ce_id") == null || outcome.value()[0] != '{') {
            return false;
        }
        try {
            return index % SAMPLED != 0
                    || orderId(index)
                            .equals(MAPPER.readTree(outcome.value()).path("id").textValue());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether every request has its outcome. */
    public boolean isAnswered() {
        return left.getCount() == 0;
    }

    /**
     * Waits until every request has its outcome.
     *
     * @param system which is to answer them
     * @throws IllegalStateException when one is wrong, when they do not come, or when the system
     *     has ended
     */
    public void await(ChildProcess system, Duration patience) throws InterruptedException {
        awaitAllBut(0, system, patience);
    }

    /** As {@link #await}, until no more than so many are missing. */
    public void awaitAllBut(int missing, ChildProcess system, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (left.getCount() > missing) {
            left.await(10, TimeUnit.MILLISECONDS);
            String problem = wrong.get();
            if (problem != null) {
                throw failure(system, "answered no Order but " + problem);
            }
            if (System.nanoTime() > end || !system.isAlive()) {
                throw failure(system, "left " + left.getCount() + " requests unanswered");
            }
        }
    }

    private static IllegalStateException failure(ChildProcess system, String what) {
        return new IllegalStateException(
                "%s %s; it printed:%n%s%s"
                        .formatted(system, what, system.stdout(), system.stderr()));
    }

    /** Outcomes per second from a {@link System#nanoTime()} to the last of them being visible. */
    public double perSecondSince(long start) {
        return size / secondsToLastSince(start);
    }

    /** From a {@link System#nanoTime()} to the last outcome being visible. */
    public double secondsToLastSince(long start) {
        return (LongStream.of(seen).max().orElseThrow() - start) / 1e9;
    }

    /** From a {@link System#nanoTime()} to the first outcome being visible. */
    public double secondsToFirstSince(long start) {
        return (LongStream.of(seen).min().orElseThrow() - start) / 1e9;
    }

    /** Outcomes per second from the first to the last. */
    public double perSecondBetweenOutcomes() {
        LongSummaryStatistics moments = LongStream.of(seen).summaryStatistics();
        return (size - 1) / ((moments.getMax() - moments.getMin()) / 1e9);
    }

    /** From the request sent to the outcome visible, for the requests between two indexes. */
    public Percentiles latencies(int from, int to) {
        double[] millis = new double[to - from];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (seen[from + i] - sent[from + i]) / 1e6;
        }
        return Percentiles.of(millis);
    }
}
