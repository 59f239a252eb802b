package io.laundrybridge.test.contract;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends again from each completion, as a drain worker does: a loop runs while there is something to do, and a
 * completion inside the loop only sets a flag. A send has several frames, if the transport takes them.
 */
public final class Resending {
    private static final int TOGETHER = 3;

    private final Transport transport;
    private final Frame frame;
    private final Frames frames = new Frames();
    private int left;
    private final AtomicInteger turns = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    /** Sends {@code lines} so many times. */
    public Resending(Transport transport, ByteBuffer lines, int times) {
        this.transport = transport;
        this.frame = Frame.lines(lines);
        this.left = times;
    }

    /** Starts; returns a latch that opens when all is sent or one send failed. */
    public CountDownLatch start() {
        turn();
        return done;
    }

    /** Why a send failed; null if none has. */
    public @Nullable Throwable failure() {
        return failure;
    }

    private void turn() {
        if (turns.getAndIncrement() == 0) {
            do {
                sendOrFinish();
            } while (turns.decrementAndGet() > 0);
        }
    }

    private void sendOrFinish() {
        while (left > 0 && frames.count() < Math.min(TOGETHER, transport.mostFrames())) {
            frames.add(frame);
            left--;
        }
        if (failure != null || frames.isEmpty()) {
            done.countDown();
            return;
        }
        transport.send(frames, failed -> {
            failure = failed;
            turn();
        });
    }
}
