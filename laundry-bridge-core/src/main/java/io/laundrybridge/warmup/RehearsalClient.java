package io.laundrybridge.warmup;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client without a network: takes each frame at once, counts its lines, and answers beats. Frames come on the
 * session's worker; every other call is the rehearsal's.
 */
final class RehearsalClient implements Transport {
    private static final int BATCH_BYTES = 64 << 10;
    private static final int CONTROL_LINE = 'o';

    private @Nullable Inbound inbound;
    private long answered;
    private boolean leaving;

    private volatile long lines;
    private volatile long events;
    private volatile long beat;
    private volatile boolean pinged;
    private volatile boolean live;
    private volatile String position = "";
    private volatile String trouble = "";

    /** Notes where to say what. */
    void connected(Inbound session) {
        inbound = session;
    }

    /** Says {@code line}. */
    void say(String line) {
        if (inbound != null) {
            inbound.text(line, true);
        }
    }

    /**
     * Answers the newest beat or ping, if it is not answered yet.
     *
     * @throws IllegalStateException if the session met an error, or was closed
     */
    void answer() {
        if (!trouble.isEmpty()) {
            throw new IllegalStateException("a session of the warm-up got " + trouble);
        }
        long newest = beat;
        if (newest != answered) {
            answered = newest;
            say("{\"op\":\"beat\",\"n\":" + newest + "}");
        }
        if (pinged && inbound != null) {
            pinged = false;
            inbound.pong();
        }
    }

    /** Leaves, as a client does that closes its socket. */
    void leave() {
        leaving = true;
        if (inbound != null) {
            inbound.closed();
        }
    }

    /** Returns how many lines have come. */
    long lines() {
        return lines;
    }

    /** Returns how many events have come. */
    long events() {
        return events;
    }

    /** Returns whether the subscription is live. */
    boolean isLive() {
        return live;
    }

    /** Returns the last position that a line of control gave; "" if none has. */
    String position() {
        return position;
    }

    @Override
    public void send(Frame frame, SendCompletion completion) {
        if (frame.isText()) {
            count(1, 1);
        } else {
            read(frame.payload());
        }
        ByteBuffer[] pieces = frame.lend();
        for (ByteBuffer piece : pieces) {
            piece.position(piece.limit()); // as a kernel that takes all
        }
        frame.giveBack(pieces);
        completion.done(null);
    }

    /** Counts the lines of a frame, and looks at those of control. */
    private void read(ByteBuffer frame) {
        int all = 0;
        int control = 0;
        int from = frame.position();
        for (int i = from; i <= frame.limit(); i++) {
            if (i == frame.limit() || frame.get(i) == '\n') {
                if (i - from > 2) {
                    all++;
                    if (frame.get(from + 2) == CONTROL_LINE) {
                        control++;
                        handle(StandardCharsets.UTF_8
                                .decode(frame.duplicate().limit(i).position(from))
                                .toString());
                    }
                }
                from = i + 1;
            }
        }
        count(all, all - control);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the worker alone
    private void count(int moreLines, int moreEvents) {
        lines += moreLines;
        events += moreEvents;
    }

    private void handle(String line) {
        if (line.startsWith("{\"op\":\"beat\"")) {
            beat = Long.parseLong(line.substring(line.lastIndexOf(':') + 1, line.length() - 1));
        } else if (line.startsWith("{\"op\":\"live\"")) {
            live = true;
        } else if (line.startsWith("{\"op\":\"error\"")) {
            trouble = line;
        } else {
            int at = line.indexOf("\"at\":\"");
            if (at >= 0) {
                position = line.substring(at + 6, line.indexOf('"', at + 6));
            }
        }
    }

    @Override
    public void ping(SendCompletion completion) {
        pinged = true;
        completion.done(null);
    }

    @Override
    public int maxBatchBytes() {
        return BATCH_BYTES;
    }

    @Override
    public void close(int code, String reason) {
        if (!leaving) {
            trouble = "close " + code + ": " + reason;
        }
        if (inbound != null) {
            inbound.closed();
        }
    }

    @Override
    public void abort() {
        close(0, "dropped");
    }
}
