package io.laundrybridge.benchmark.load;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one connection's messages of permessage-deflate (RFC 7692): all are one stream, in which later messages
 * refer to earlier ones.
 */
final class DeflatedMessages {
    /** The bytes that the sender leaves out at the end of each message. */
    private static final byte[] LEFT_OUT = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Inflater inflater = new Inflater(true);
    private final byte[] plain = new byte[16 * 1024];

    /** Another connection begins. */
    void begin() {
        inflater.reset();
    }

    /** Takes a piece of a message. */
    void feed(byte[] bytes, int from, int to, EventScanner scanner) throws IOException {
        inflater.setInput(bytes, from, to - from);
        try {
            for (int n = inflater.inflate(plain); n > 0; n = inflater.inflate(plain)) {
                scanner.feed(plain, 0, n);
            }
        } catch (DataFormatException e) {
            throw new IOException("a message that does not inflate", e);
        }
        if (inflater.finished()) {
            throw new IOException("a deflated stream that ends before its connection does");
        }
    }

    /** The message is whole. */
    void endOfMessage(EventScanner scanner) throws IOException {
        feed(LEFT_OUT, 0, LEFT_OUT.length, scanner);
    }
}
