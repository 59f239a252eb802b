package io.laundrybridge.session;

/** One thing to hand to the transport. */
sealed interface Outgoing permits Frame, Outgoing.Ping {

    /** Hands it over; see {@link Transport} for when {@code completion} is called. */
    void send(Transport transport, SendCompletion completion);

    /** Its size, for counting. */
    int bytes();

    /**
     * A WebSocket ping; some containers block in it, so it runs elsewhere. Where no thread is free it is left out, so that no
     * session waits for it.
     *
     * @param unsent hears that it was left out
     */
    record Ping(Elsewhere elsewhere, Runnable unsent) implements Outgoing {
        @Override
        public void send(Transport transport, SendCompletion completion) {
            if (!elsewhere.run(Elsewhere.Lane.PING, () -> ping(transport, completion))) {
                unsent.run();
                completion.done(null);
            }
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
