package io.laundrybridge.session;

import java.util.concurrent.Executor;

/** One thing to hand to the transport. */
sealed interface Outgoing permits Frame, Outgoing.Ping {

    /** Hands it over; see {@link Transport} for when {@code completion} is called. */
    void send(Transport transport, SendCompletion completion);

    /** Its size, for counting. */
    int bytes();

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
            } catch (Throwable e) {
                completion.done(e);
            }
        }
    }
}
