package io.laundrybridge.callback;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelListener;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Event;
import io.laundrybridge.event.EventHandler;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.logging.RateLimitedLog;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one channel of a {@link CallbackSink}: it has its own cursor, and sleeps while there is nothing new.
 */
final class CallbackReader implements ChannelListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final int RUN_BYTES = 64 << 10;
    private static final long STOP_MILLIS = 5_000;

    private final Channel channel;
    private final EventHandler handler;
    private final RateLimitedLog failures;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Cursor begin;
    private @Nullable Cursor cursor;

    CallbackReader(Channel channel, EventHandler handler) {
        this.channel = channel;
        this.handler = handler;
        this.failures = new RateLimitedLog(LOG, channel.services().nanoTime());
        this.thread = channel.services().thread("callback-" + channel.name(), this::run);
    }

    void start() {
        channel.listen(this);
        thread.start();
    }

    /** Ends the thread; waits up to 5 s for a handler that is still running. */
    void stop() {
        channel.unlisten(this);
        stopping = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the source's thread, so that the first look at a loaded channel comes before the first live event. */
    @Override
    public void changed(Channel changed) {
        ChannelState state = changed.state();
        ChannelLog log = state.log();
        if (begin == null && log != null && state.ready()) {
            begin = Cursor.before(log, log.head());
        }
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            if (!readOnSafely()) {
                // unpark() before park() is remembered; the timeout only bounds what a lost permit could cost
                LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private boolean readOnSafely() {
        try {
            return readOn();
        } catch (Throwable e) { // for example a lack of memory: the thread stays, and looks again
            failures.warn("Reading channel '" + channel.name() + "' for its handler failed; it is tried again", e);
            return false;
        }
    }

    /**
     * Reads what is ready.
     *
     * @return false if there was nothing
     */
    private boolean readOn() {
        Cursor place = place();
        if (place == null || !place.behind()) {
            return false;
        }
        if (place.lost()) {
            cursor = skipped(place);
            return true;
        }
        Run run = place.read(RUN_BYTES, Integer.MAX_VALUE);
        for (long at = run.first(); at < run.end() && !stopping; at++) {
            hand(run, run.entry(at));
        }
        if (!run.isEmpty()) {
            place.advance(run, run.end());
        }
        return true;
    }

    private @Nullable Cursor place() {
        ChannelState state = channel.state();
        ChannelLog log = state.log();
        Cursor now = cursor == null ? begin : cursor;
        if (log == null || now == null) {
            return null;
        }
        if (now.log() != log) {
            now = Cursor.before(log, log.start());
            ResetReason reason = Objects.requireNonNullElse(state.reset(), ResetReason.EPOCH);
            safely(() -> handler.reset(channel.name(), reason));
        }
        cursor = now;
        return now;
    }

    private Cursor skipped(Cursor lost) {
        Cursor next = Cursor.before(lost.log(), lost.log().start());
        for (Gap gap : Gap.between(lost.position(), next.position(), GapReason.OVERFLOW)) {
            safely(() -> handler.gap(channel.name(), gap));
        }
        return next;
    }

    private void hand(Run run, LogEntry entry) {
        Gap gap = entry.gap();
        if (gap != null) {
            safely(() -> handler.gap(channel.name(), gap));
            return;
        }
        safely(() -> handler.event(new Event(
                channel.name(),
                entry.partition(),
                entry.offset(),
                entry.timestamp(),
                entry.key(),
                valueOf(run, entry))));
    }

    private static byte[] valueOf(Run run, LogEntry entry) {
        ByteBuffer shared = run.value(entry);
        byte[] value = new byte[shared.remaining()];
        shared.get(value);
        return value;
    }

    private interface Call {
        void run() throws Exception;
    }

    private void safely(Call call) {
        try {
            call.run();
        } catch (Throwable e) {
            failures.warn(
                    "The handler of channel '" + channel.name() + "' threw; it gets the next event all the same", e);
        }
    }
}
