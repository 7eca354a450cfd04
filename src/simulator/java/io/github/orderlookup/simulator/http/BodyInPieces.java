package io.github.orderlookup.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Arrays;

/** Sends less than a whole body, or a whole one with patience. */
public final class BodyInPieces {

    private final Call call;
    private final Reply reply;

    public BodyInPieces(Call call, Reply reply) {
        this.call = call;
        this.reply = reply;
    }

    /** Promises the whole body, sends half of it, then does the rest. */
    public void half(Runnable then) {
        byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
        sent(call.promise(reply, reply.body().length), half).onComplete(sent -> then.run());
    }

    /** Promises the whole body, sends one byte after the other. */
    public void slowly(Duration pause) {
        sendFrom(0, call.promise(reply, reply.body().length), pause);
    }

    private void sendFrom(int position, HttpServerResponse response, Duration pause) {
        if (!call.open()) {
            return;
        }
        if (position == reply.body().length) {
            response.end();
            return;
        }
        sent(response, new byte[] {reply.body()[position]});
        call.after(pause, () -> sendFrom(position + 1, response, pause));
    }

    private static Future<Void> sent(HttpServerResponse response, byte[] bytes) {
        return response.write(Buffer.buffer(bytes));
    }
}
