package io.laundrybridge.channel.replay;

import io.laundrybridge.encode.Encoding;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.source.EventSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reading again on one node, for all of its channels: at most a few readers at a time, and a bounded memory of what was
 * read. Threads {@code laundry-bridge-replay-N} start when somebody asks and end when nobody has asked for ten seconds.
 * Thread-safe.
 */
public final class Replays implements AutoCloseable {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STOP_MILLIS = 5_000;

    private final ReplayLimits limits;
    private final HostServices services;

    // Guarded by this.
    private final List<ChannelReplay> channels = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> ending = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private long heldBytes;
    private long pacedUntil;
    private int started;
    private int turn;
    private boolean closed;

    private Replays(ReplayLimits limits, HostServices services) {
        this.limits = limits;
        this.services = services;
        this.pacedUntil = services.nanoTime().getAsLong();
    }

    private record Held(ChannelReplay channel, Piece piece) {}

    /** Reads again within {@code limits}. */
    public static Replays of(ReplayLimits limits, HostServices services) {
        return new Replays(limits, services);
    }

    /** Begins to serve {@code channel}; mappings of its encoding are called on the readers' threads too. */
    public synchronized ChannelReplay open(String channel, EventSource source, Encoding encoding) {
        ChannelReplay replay = new ChannelReplay(channel, source, encoding, this);
        channels.add(replay);
        return replay;
    }

    /** Ends the readers; waits for them, at most five seconds. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            running = Stream.concat(threads.stream(), ending.stream()).toList();
            List.copyOf(channels).forEach(this::letGo);
            threads.forEach(Thread::interrupt); // not those that close their readers
        }
        try {
            for (Thread thread : running) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ReplayLimits limits() {
        return limits;
    }

    HostServices services() {
        return services;
    }

    /** Somebody waits. */
    synchronized void wanted() {
        if (!closed && threads.size() < limits.readers()) {
            Thread thread = services.thread("replay-" + started++, new ReplayWorker(this));
            threads.add(thread);
            thread.start();
        }
        notifyAll();
    }

    /** Keeps {@code piece} for others, in place of the oldest if that is needed. */
    synchronized void keep(ChannelReplay channel, Piece piece) {
        held.add(new Held(channel, piece));
        hold(piece.bytes());
        while (heldBytes > limits.heldBytes() && held.size() > 1) {
            release(held.remove());
        }
    }

    /** So much was read; nobody reads on before that would have been at the rate that is allowed. */
    synchronized void pace(long bytes) {
        double nanos = (double) bytes / limits.bytesPerSecond() * TimeUnit.SECONDS.toNanos(1);
        pacedUntil += Math.max(0, services.nanoTime().getAsLong() - pacedUntil) + (long) nanos;
    }

    synchronized void letGo(ChannelReplay channel) {
        channels.remove(channel);
        channel.queue().close();
        letGoPieces(channel);
        notifyAll();
    }

    /** Keeps nothing of what was read of {@code channel} so far. */
    synchronized void letGoPieces(ChannelReplay channel) {
        for (Held each : List.copyOf(held)) {
            if (each.channel() == channel) {
                held.remove(each);
                release(each);
            }
        }
    }

    /** The next channel that somebody waits for, in turn; null after ten seconds without one. */
    synchronized @Nullable ChannelReplay next() throws InterruptedException {
        long end = services.nanoTime().getAsLong() + IDLE_NANOS;
        while (!closed) {
            long now = services.nanoTime().getAsLong();
            long longest = end - now;
            long paced = pacedUntil - now;
            if (paced > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(paced, TimeUnit.MILLISECONDS.toNanos(1)));
                continue;
            }
            for (int i = 0; i < channels.size(); i++) {
                ChannelReplay channel = channels.get(Math.floorMod(turn++, channels.size()));
                if (channel.queue().take(now)) {
                    return channel;
                }
                Long left = channel.queue().untilReady(now);
                longest = left == null ? longest : Math.min(longest, left);
            }
            if (end - now <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(longest, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return null;
    }

    /** {@code worker} is about to end, unless somebody has asked meanwhile. */
    synchronized boolean ends() {
        long now = services.nanoTime().getAsLong();
        boolean wanted =
                !closed && channels.stream().anyMatch(each -> each.queue().untilReady(now) != null);
        if (!wanted) {
            ending(Thread.currentThread());
        }
        return !wanted;
    }

    /** A worker's thread takes no more and closes its reader. No interrupt comes from here any more. */
    synchronized void ending(Thread worker) {
        if (threads.remove(worker)) {
            ending.add(worker);
        }
    }

    synchronized void ended(Thread worker) {
        ending.remove(worker);
    }

    private void release(Held each) {
        each.channel().queue().drop(each.piece());
        each.piece().lines().release();
        hold(-each.piece().bytes());
    }

    private void hold(long bytes) {
        heldBytes += bytes;
        services.telemetry().add(Meter.REPLAY_HELD, "", bytes);
    }
}
