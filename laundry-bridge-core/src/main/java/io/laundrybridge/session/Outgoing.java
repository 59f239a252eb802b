package io.laundrybridge.session;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/** One thing to hand to the transport. */
sealed interface Outgoing {

    /** Hands it over; see {@link Transport} for when {@code completion} is called. */
    void send(Transport transport, SendCompletion completion);

    /** Its size, for counting. */
    int bytes();

    /** Lines of the full dialect. */
    record Lines(ByteBuffer lines, int bytes) implements Outgoing {
        Lines(ByteBuffer lines) {
            this(lines, lines.remaining());
        }

        @Override
        public void send(Transport transport, SendCompletion completion) {
            transport.sendLines(lines, completion);
        }
    }

    /** One value of the plain dialect. */
    record Text(String text) implements Outgoing {
        @Override
        public void send(Transport transport, SendCompletion completion) {
            transport.sendText(text, completion);
        }

        @Override
        public int bytes() {
            return text.length();
        }
    }

    /** A WebSocket ping; some containers block in it, so it runs elsewhere. */
    record Ping(Executor elsewhere) implements Outgoing {
        @Override
        public void send(Transport transport, SendCompletion completion) {
            elsewhere.execute(() -> ping(transport, completion));
        }

        @Override
        public int bytes() {
            return 0;
        }

        private static void ping(Transport transport, SendCompletion completion) {
            try {
                transport.ping(completion);
            } catch (RuntimeException e) {
                completion.done(e);
            }
        }
    }
}
