package io.github.orderlookup.partnercenter;

import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Lets an answer on to be read as an Order once the {@link AnswerMemory} has room for it, which is
 * held until the exchange is over: for Kafka, until the outcome is acknowledged.
 *
 * <p>The body is the answer, as bytes. Thread-safe.
 */
public final class AwaitRoom extends AsyncProcessorSupport {

    private final AnswerMemory memory;
    private final CallGate gate;
    private final Executor executor;

    AwaitRoom(AnswerMemory memory, CallGate gate, Executor executor) {
        this.memory = memory;
        this.gate = gate;
        this.executor = executor;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        long bytes = AnswerMemory.of(((byte[]) exchange.getMessage().getBody()).length);
        boolean hasRoom =
                bytes == 0
                        || memory.take(bytes, () -> executor.execute(() -> callback.done(false)));
        if (bytes > 0) {
            exchange.getExchangeExtension().addOnCompletion(new GiveBack(bytes));
        }
        if (hasRoom) {
            callback.done(true);
        }
        return hasRoom;
    }

    private final class GiveBack extends SynchronizationAdapter {

        private final long bytes;

        GiveBack(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void onDone(Exchange exchange) {
            memory.giveBack(bytes);
            gate.lookAgain();
        }
    }
}
