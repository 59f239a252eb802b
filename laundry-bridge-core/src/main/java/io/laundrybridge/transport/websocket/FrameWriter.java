package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;

/** Hands the frames of one session to its container, one at a time. */
interface FrameWriter {

    /** Begins to send; {@code send} hears of the end, unless this throws. Does not block. */
    void write(Frame frame, Send send);
}
