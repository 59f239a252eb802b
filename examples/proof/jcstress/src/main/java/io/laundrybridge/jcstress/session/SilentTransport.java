package io.laundrybridge.jcstress.session;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;

/** The transport of a session that sends nothing. */
enum SilentTransport implements Transport {
    INSTANCE;

    @Override
    public void send(Frame frame, SendCompletion completion) {
        throw new AssertionError("a session that sends nothing has sent " + frame.text());
    }

    @Override
    public void ping(SendCompletion completion) {
        completion.done(null);
    }

    @Override
    public int maxBatchBytes() {
        return 1 << 16;
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void abort() {}
}
