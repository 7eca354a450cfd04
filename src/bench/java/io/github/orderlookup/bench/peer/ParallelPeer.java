package io.github.orderlookup.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.github.orderlookup.process.ParentWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Peer d: Confluent's Parallel Consumer as its documentation shows it, with a thread for each call
 * under way. It produces what the function returns, waits for the acknowledgement, and commits.
 */
public final class ParallelPeer {

    private final PeerSetup setup;
    private final AsyncLookup lookup;

    private ParallelPeer(PeerSetup setup) throws IOException, InterruptedException {
        this.setup = setup;
        this.lookup = new AsyncLookup(setup.upstream());
    }

    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        new ParallelPeer(PeerSetup.ofThisJvm()).start();
    }

    private void start() {
        ParallelStreamProcessor<byte[], byte[]> processor =
                ParallelStreamProcessor.createEosStreamProcessor(
                        ParallelConsumerOptions.<byte[], byte[]>builder()
                                .ordering(ProcessingOrder.UNORDERED)
                                .maxConcurrency(setup.inFlight())
                                .consumer(setup.consumer())
                                .producer(setup.producer())
                                .build());
        processor.subscribe(List.of(setup.requests()));
        processor.pollAndProduce(context -> outcome(context.getSingleConsumerRecord()));
    }

    private ProducerRecord<byte[], byte[]> outcome(ConsumerRecord<byte[], byte[]> record) {
        ProducerRecord<byte[], byte[]> outcome =
                new ProducerRecord<>(setup.results(), record.key(), order(record));
        String id = record.topic() + "-" + record.partition() + "-" + record.offset();
        outcome.headers().add("ce_id", id.getBytes(UTF_8));
        return outcome;
    }

    private byte[] order(ConsumerRecord<byte[], byte[]> record) {
        try {
            return lookup.order(record.value())
                    .whenComplete((order, failure) -> Failures.check(failure))
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
